"""Which articles of two groups are on the same event."""

import warnings

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analysis.errors import (
    ArgumentError,
    StatisticsWarning,
    TableError,
    check_count,
    check_number,
)
from analysis.exploration.similarity import compare_words
from analysis.languages.language import LanguageName
from analysis.reading.duplicates import check_similar, find_copies
from analysis.scores.scoring import groups_of
from analysis.tables.checks import check_table, make_table


def pair_documents(
    documents: pd.DataFrame,
    *,
    by: str,
    group_a: str,
    group_b: str,
    days: int = 3,
    min_similarity: float = 0.3,
    similar: float = 0.6,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Pair the articles of two groups that are on one event, for `compare_pairs`.

    Two articles may be paired where they are at most `days` apart and alike in their words
    (`similarity`, by words). Each is in one pair at most; of all ways to pair them, the one
    with the largest sum of similarities is taken. Read some of the pairs: words tell whether
    two texts speak of the same matters, and not that the event is the same.

    Where both printed a text of one agency, the two are near-copies. Such pairs are marked,
    and `compare_pairs` leaves them out. What one group printed twice is two articles here; give
    what `drop_duplicates` left, with the same `by`.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``. Those of the two groups without a date are left out, and a warning
        counts them.
    by : str
        Metadata column that holds the groups, for instance ``"outlet"``.
    group_a, group_b : str
        The two groups.
    days : int, default 3
        How many days two articles may be apart.
    min_similarity : float, default 0.3
        How alike two articles are at least. Of 392 articles in one British newspaper, 1 in
        100 was so alike to some article of another that came over three weeks apart.
    similar : float, default 0.6
        As in `drop_duplicates`: from where two texts are near-copies.
    language : str or path, optional
        As in `split_paragraphs`.

    Returns
    -------
    pandas.DataFrame
        Table ``document_pairs``, by the date of the article of group a.

    Raises
    ------
    TableError
        If `documents` breaks its schema, there is no such group, or one has no dates.
    ValueError
        If `days`, `min_similarity` or `similar` is out of range, or both groups are one.

    Warns
    -----
    StatisticsWarning
        If documents have no date, or there are no pairs.

    References
    ----------
    Crouse, D. F. (2016). On implementing 2D rectangular assignment algorithms. IEEE
    Transactions on Aerospace and Electronic Systems 52(4), 1679-1696.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> texts = ["Troops cross the border.", "Rain fell.", "The border is crossed by troops."]
    >>> documents = fa.documents_from_texts(texts).assign(desk=["home", "home", "world"])
    >>> documents["date"] = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-02"])
    >>> pairs = fa.pair_documents(documents, by="desk", group_a="home", group_b="world")
    >>> pairs[["document_id_a", "document_id_b", "days"]].values.tolist()
    [['text_0001', 'text_0003', 1]]
    """
    documents = check_table(documents, "documents")
    check_count("days", days, "give a whole number of 0 or more", least=0)
    advice = "give a number above 0 and at most 1"
    check_number("min_similarity", min_similarity, advice, above=0, most=1)
    check_similar(similar)
    groups = groups_of(documents, "documents", by, [group_a, group_b])
    if group_a == group_b:
        raise ArgumentError(f"group_a and group_b are both {group_a!r}; name two groups")
    # In the order of dates and ids, so that ties do not hang on the order of rows.
    own = documents.assign(group=groups)[groups.isin([group_a, group_b])]
    undated = int(own["date"].isna().sum())
    own = own.dropna(subset="date").sort_values(["date", "document_id"], ignore_index=True)
    for name in (group_a, group_b):
        if not (own["group"] == name).any():
            raise TableError(f"no document of {name!r} has a date; give the articles a date each")
    if undated:
        have, are = ("s have", "are") if undated > 1 else (" has", "is")
        _warn(
            f"{undated:,} document{have} no date and {are} left out; give the articles a date each"
        )
    first, second = (np.flatnonzero(own["group"] == name) for name in (group_a, group_b))
    alike = compare_words(own.drop(columns="group"), None, language)[2][np.ix_(first, second)]
    dates = own["date"].to_numpy("datetime64[D]").astype("int64")
    apart = np.abs(dates[first][:, None] - dates[second])
    able = (apart <= days) & (alike >= min_similarity)
    chosen = linear_sum_assignment(np.where(able, alike, 0), maximize=True)
    rows, columns = (places[able[chosen]] for places in chosen)
    if not len(rows):
        _warn(
            f"no two documents of {group_a!r} and {group_b!r} are at most {days} days apart and "
            f"alike by {min_similarity:g}, so that there are no pairs; allow more days or less "
            "similarity"
        )
    copies = find_copies(own["text"], similar)
    near = {*zip(copies.pairs["later"], copies.pairs["earlier"], strict=True)}
    one, two = copies.numbers[first[rows]], copies.numbers[second[columns]]
    ids = own["document_id"].to_numpy()
    return make_table(
        "document_pairs",
        {
            "group_a": [group_a] * len(rows),
            "group_b": [group_b] * len(rows),
            "document_id_a": ids[first[rows]],
            "document_id_b": ids[second[columns]],
            "days": apart[rows, columns],
            "similarity": np.clip(alike[rows, columns], 0, 1),
            "near_copy": [
                a == b or (max(a, b), min(a, b)) in near for a, b in zip(one, two, strict=True)
            ],
        },
    )


def _warn(message: str) -> None:
    warnings.warn(message, StatisticsWarning, stacklevel=3)

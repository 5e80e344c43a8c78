"""Documents that repeat others: which texts are alike, and which copy stays."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import TableError, check_number, names_of
from analysis.tables.checks import check_table, label_groups, make_table, metadata_columns
from analysis.text.tokens import tokenize

_RUN = 5
# A run of words that stands in more texts is a formula of the outlet, and tells nothing.
_MOST_TEXTS = 200


class Copies(NamedTuple):
    """The number of each text's sequence of words, and which of these sequences are alike."""

    numbers: np.ndarray  # in the order of appearance; -1 where a text has no words
    n_words: np.ndarray  # by number
    pairs: pd.DataFrame  # numbers (later, earlier), and their share


def drop_duplicates(
    documents: pd.DataFrame, *, by: str | Sequence[str] | None = None, similar: float = 0.6
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep one copy of each text, and list the others.

    Copies are the ``duplicate`` and ``near-duplicate`` texts of `reading_report`. Documents are
    taken by length in words, the longest first; of those as long the earliest date (none comes
    last), then the lowest id. Each stays unless it is a copy of one that stays. So every
    dropped text is a copy of the one named beside it, and no two that stay are copies: where B
    repeats A and C, which are not alike, and is shorter than both, A and C stay.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    by : str or sequence of str, optional
        Metadata columns: only documents with the same values can be copies. ``"outlet"`` keeps
        an agency's text once for each outlet that printed it, and drops what was downloaded
        twice. Missing values are a group as well.
    similar : float, default 0.6
        As in `reading_report`.

    Returns
    -------
    documents : pandas.DataFrame
        Table ``documents``: those that stay, in their order. Texts without words stay.
    dropped : pandas.DataFrame
        Table ``dropped``: a row for each of the others, with the copy that stays (the most
        similar one) and the similarity.

    Raises
    ------
    TableError
        If `documents` breaks its schema, or `by` names something other than metadata columns.
    ValueError
        If `similar` is not above 0 and at most 1.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["Talks resume.", "Talks on the border resume.", "TALKS  resume."]
    >>> documents, dropped = fa.drop_duplicates(fa.documents_from_texts(texts))
    >>> documents["document_id"].tolist()
    ['text_0001', 'text_0002']
    >>> dropped[["document_id", "kept_document_id", "similarity"]].values.tolist()
    [['text_0003', 'text_0001', 1.0]]
    """
    documents = check_table(documents, "documents")
    check_similar(similar)
    groups = _groups(documents, [] if by is None else names_of("by", by))
    numbers, n_words, pairs = find_copies(documents["text"], similar)
    alike: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for later, earlier, share in pairs.itertuples(index=False, name=None):
        alike[later].append((earlier, share))
        alike[earlier].append((later, share))
    first = documents.assign(n_words=np.append(n_words, 0)[numbers])
    first = first.sort_values(
        ["n_words", "date", "document_id"], ascending=[False, True, True], na_position="last"
    )
    # The place in this order of the text that stays, by group and number.
    kept: dict[tuple[int, int], int] = {}
    dropped: dict[int, tuple[int, float]] = {}
    for place, row in enumerate(first.index):
        group, number = groups[row], numbers[row]
        copies = ((number, 1.0), *alike[number]) if number >= 0 else ()
        staying = [(-share, kept[group, n]) for n, share in copies if (group, n) in kept]
        if staying:
            share, other = min(staying)
            dropped[row] = first.index[other], -share
        else:
            kept[group, number] = place
    rows = sorted(dropped)
    others = [dropped[row][0] for row in rows]
    ids = documents["document_id"]
    table = {
        "document_id": ids.iloc[rows],
        "kept_document_id": ids.iloc[others],
        "check": np.where(numbers[rows] == numbers[others], "duplicate", "near-duplicate"),
        "similarity": [dropped[row][1] for row in rows],
    }
    return documents.drop(index=rows).reset_index(drop=True), make_table("dropped", table)


def check_similar(similar: object) -> None:
    """Refuse what is no share of runs of words."""
    check_number("similar", similar, "give a share above 0 and at most 1", above=0, most=1)


def find_copies(texts: Iterable[str], similar: float) -> Copies:
    """Give each sequence of words a number, and list the sequences that share runs of them."""
    vocabulary: dict[str, int] = {}
    words = [
        np.array([vocabulary.setdefault(own, len(vocabulary)) for own in forms], dtype="int64")
        for forms in (tokenize(text).forms for text in texts)
    ]
    keys = pd.Series([own.tobytes() if len(own) else None for own in words], dtype=object)
    numbers = pd.factorize(keys)[0]
    distinct = [words[n] for n in np.unique(numbers, return_index=True)[1] if len(words[n])]
    n_words = np.array([*map(len, distinct)], dtype="int64")
    return Copies(numbers, n_words, _near(distinct, n_words, len(vocabulary), similar))


def _groups(documents: pd.DataFrame, by: list[str]) -> np.ndarray:
    known = metadata_columns(documents, "documents")
    if missing := [column for column in by if column not in known]:
        raise TableError(
            f"documents has no column {missing[0]!r} to group by; it has "
            f"{', '.join(map(repr, known))}"
        )
    groups = np.zeros(len(documents), dtype="int64")
    for column in by:
        own, values = pd.factorize(label_groups(documents[column]))
        groups = pd.factorize(groups * (len(values) + 1) + own)[0]
    return groups


def _near(
    texts: Sequence[np.ndarray], n_words: np.ndarray, n_known: int, similar: float
) -> pd.DataFrame:
    """Return all pairs of texts, the later first, that share runs of words."""
    words = np.concatenate([*texts, np.array([], dtype="int64")])
    of_text = np.repeat(np.arange(len(texts)), n_words)
    runs = words
    for n in range(1, _RUN):
        runs = pd.factorize(runs[:-1] * n_known + words[n:])[0]
    within = of_text[: len(runs)] == of_text[_RUN - 1 :]
    places = of_text[: len(runs)][within], runs[within]
    held = sparse.csc_array(
        (np.ones(len(places[0]), "int32"), places), shape=(len(texts), len(runs))
    )
    held.sum_duplicates()
    held.data[:] = 1
    # Runs that no other text has count for the size of a text.
    sizes = np.bincount(held.indices, minlength=len(texts))
    often = np.diff(held.indptr)
    held = held[:, np.flatnonzero((often > 1) & (often <= _MOST_TEXTS))]
    shared = sparse.tril(held @ held.T, k=-1).tocoo()
    shares = shared.data / np.minimum(sizes[shared.row], sizes[shared.col])
    pairs = pd.DataFrame({"later": shared.row, "earlier": shared.col, "share": shares})
    return pairs[pairs["share"] >= similar]

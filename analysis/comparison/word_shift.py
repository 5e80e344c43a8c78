"""Which words make the difference between two rates."""

from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import TableError, check_choice, check_text
from analysis.scores.scoring import groups_of
from analysis.tables.checks import check_hits, make_table
from analysis.tables.schema import PER_TOKENS
from analysis.tables.subcategories import COLUMN, told_of_hits


def word_shift(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    category: str,
    *,
    by: str,
    group_a: str,
    group_b: str,
    detail: Literal["entry", "surface"] = "entry",
) -> pd.DataFrame:
    """Split the difference of a category's rate between two groups into words.

    A rate is the sum of the rates of its words, so that the contributions of words add up
    exactly to the difference: a word shift of proportions (Gallagher et al. 2021).

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``.
    hits : pandas.DataFrame
        Table ``hits`` found in them.
    category : str
        The category to explain.
    by : str
        Metadata column of `paragraphs`, or ``"document_id"``.
    group_a, group_b : str
        Two of its values; ``"(missing)"`` for nulls.
    detail : {"entry", "surface"}, default "entry"
        Entries of the lexicon, or the words as written, in lower case.

    Returns
    -------
    pandas.DataFrame
        Table ``word_shift``, the largest contribution first: hits in either group, rates
        per 1,000 tokens, ``contribution`` (rate_a less rate_b), and its ``share`` of the
        difference, which is null where there is none.

    Raises
    ------
    TableError
        If a table breaks its schema, or the category or a group is unknown.
    ValueError
        If `detail` is something else.

    References
    ----------
    Gallagher, R. J., et al. (2021). Generalized word shift graphs. EPJ Data Science 10, 4.

    Examples
    --------
    >>> import analysis as fa
    >>> documents = fa.documents_from_texts(["A threat, a threat.", "A peril and no more."])
    >>> paragraphs = fa.split_paragraphs(documents)
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*", "peril"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> groups = {"by": "document_id", "group_a": "text_0001", "group_b": "text_0002"}
    >>> shift = fa.word_shift(paragraphs, hits, "threat", **groups)
    >>> shift[["term", "contribution"]].values.tolist()
    [['threat*', 500.0], ['peril', -200.0]]
    """
    paragraphs, hits, row = check_hits(paragraphs, hits)
    check_text("category", category)
    check_choice("detail", detail, ("entry", "surface"))
    group = groups_of(paragraphs, "paragraphs", by, [group_a, group_b])
    counted = hits.assign(group=group.to_numpy()[row])
    counted = counted[(hits["category"] == category) & hits["blocked_by"].isna()]
    if counted.empty and category not in set(hits["category"]):
        raise TableError(f"there is no hit of {category!r}, so nothing to explain")
    term = counted[detail]
    if detail == "surface":
        term = term.str.split().str.join(" ").str.lower()
    tokens = paragraphs["n_tokens"].groupby(group).sum()
    n_hits = counted.groupby([term.rename("term"), counted["group"]]).size().unstack(fill_value=0)
    n_hits = n_hits.reindex(columns=[group_a, group_b], fill_value=0)
    n_hits = n_hits[n_hits.sum(axis="columns") > 0]
    rates = PER_TOKENS * n_hits / tokens[[group_a, group_b]]
    contribution = rates[group_a] - rates[group_b]
    whole = contribution.sum()
    table = pd.DataFrame(
        {
            "category": category,
            "term": n_hits.index.to_numpy(),
            "group_a": group_a,
            "group_b": group_b,
            "n_a": n_hits[group_a].to_numpy(),
            "n_b": n_hits[group_b].to_numpy(),
            "rate_a": rates[group_a].to_numpy(),
            "rate_b": rates[group_b].to_numpy(),
            "contribution": contribution.to_numpy(),
            "share": (contribution / whole).to_numpy() if abs(whole) > 1e-12 else np.nan,
        }
    )
    order = np.lexsort([table["term"], -table["contribution"].abs()])
    made = make_table("word_shift", table.iloc[order])
    # For the caption of the figure.
    in_groups = counted["group"].isin([group_a, group_b])
    made.attrs[COLUMN] = told_of_hits(counted[in_groups])
    return made

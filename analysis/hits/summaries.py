"""What the table of hits holds in sum: entries by frequency, and overlaps of categories."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.tables.checks import check_table, empty_table, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import CATEGORY_COLUMNS, PLACE, SPAN_COLUMNS

_MOST_SURFACES = 5

_Record = dict[Hashable, Any]


def count_entries(hits: pd.DataFrame) -> pd.DataFrame:
    """Count the hits of each entry: the words behind every score.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``.

    Returns
    -------
    pandas.DataFrame
        Table ``entries``, per category from the most to the least frequent.
        ``surfaces`` lists up to five forms as written, in lower case, with counts.

    Raises
    ------
    TableError
        If `hits` is no table of hits.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Threats meet a threat."]))
    >>> hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    >>> fa.count_entries(hits)[["entry", "n_hits", "surfaces"]].to_dict("records")
    [{'entry': 'threat*', 'n_hits': 2, 'surfaces': 'threat (1), threats (1)'}]
    """
    hits = check_table(hits, "hits")
    if hits.empty:
        return empty_table("entries")
    counted = hits["blocked_by"].isna()
    form = hits["surface"].str.split().str.join(" ").str.lower()
    work = hits.assign(
        counted=counted,
        blocked=~counted,
        document=hits["document_id"].where(counted),
        form=form.where(counted),
    )
    grouped = work.groupby(["lexicon", "category", "subcategory", "entry"], dropna=False)
    table = grouped.agg(
        n_hits=("counted", "sum"),
        n_blocked=("blocked", "sum"),
        n_documents=("document", "nunique"),
        surfaces=("form", _most_frequent),
    ).reset_index()
    total = table.groupby(["lexicon", "category"])["n_hits"].transform("sum")
    table["share"] = (table["n_hits"] / total).where(total > 0)
    order = ["lexicon", "category", "n_hits", "n_blocked", "entry", "subcategory"]
    ascending = [True, True, False, False, True, True]
    return make_table("entries", table.sort_values(order, ascending=ascending))


def find_overlaps(hits: pd.DataFrame) -> pd.DataFrame:
    """List the places that two categories both count.

    Categories are independent, so a phrase may count for two of them (R5). Sums
    over categories count such places twice; this table says where.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``.

    Returns
    -------
    pandas.DataFrame
        Table ``overlaps``: one row for each pair of counted hits of two
        categories that share characters.

    Raises
    ------
    TableError
        If `hits` is no table of hits.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["The New York Times"]))
    >>> lexicon = fa.lexicon_from_dict("demo", {"paper": ["new york times"], "city": ["new york"]})
    >>> fa.find_overlaps(fa.find_hits(paragraphs, lexicon))[["category_a", "category_b"]].values
    array([['city', 'paper']], dtype=object)
    """
    hits = check_table(hits, "hits")
    counted = hits[hits["blocked_by"].isna()].sort_values(
        [*PLACE, *SPAN_COLUMNS, *CATEGORY_COLUMNS], kind="stable"
    )
    pairs: list[_Record] = []
    open_hits: list[_Record] = []
    for hit in counted.to_dict("records"):
        place = (hit["document_id"], hit["paragraph"])
        open_hits = [
            other
            for other in open_hits
            if (other["document_id"], other["paragraph"]) == place and other["end"] > hit["start"]
        ]
        pairs += [_pair(other, hit) for other in open_hits]
        open_hits.append(hit)
    return make_table("overlaps", pd.DataFrame(pairs, columns=list(TABLES["overlaps"].columns)))


def _pair(one: _Record, two: _Record) -> _Record:
    a, b = sorted((one, two), key=lambda h: (str(h["lexicon"]), str(h["category"])))
    return {
        "document_id": a["document_id"],
        "paragraph": a["paragraph"],
        "start": max(a["start"], b["start"]),
        "end": min(a["end"], b["end"]),
        **{f"{c}_a": a[c] for c in ("surface", "lexicon", "category", "entry")},
        **{f"{c}_b": b[c] for c in ("surface", "lexicon", "category", "entry")},
    }


def _most_frequent(forms: pd.Series) -> str:
    counts = forms.value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return ", ".join(f"{form} ({count})" for form, count in ordered[:_MOST_SURFACES])

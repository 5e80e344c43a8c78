"""What a lexicon finds in a corpus: which entries fire, and how much of the score they carry."""

import numpy as np
import pandas as pd

from analysis.errors import TableError
from analysis.hits.summaries import count_entries, find_overlaps
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.tables.checks import check_table, make_table
from analysis.tables.schema import PLACE

_CLASS = ["lexicon", "category"]
_ENTRY = [*_CLASS, "subcategory", "entry"]
_CARRIED = 0.5


def lexicon_coverage(hits: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Tell of every entry whether it fires, and how much of the score it carries.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits``, with all hits of `lexicon` in a corpus.
    lexicon : Lexicon
        What was looked for: it says which entries never fired.

    Returns
    -------
    pandas.DataFrame
        Table ``coverage``: one row for each entry, in each category the most frequent
        first. ``status`` is ``carries`` for the fewest entries that make up half of the
        category's hits, ``fires`` for others with hits, ``blocked`` where every hit was
        vetoed, ``silent`` without any. ``n_shared`` counts hits that overlap those of
        another category.

    Raises
    ------
    TableError
        If `hits` is no table of hits, or holds none of this lexicon but some of
        another version of it.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*", "menace", "peril"]})
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat, a menace, threats."]))
    >>> coverage = fa.lexicon_coverage(fa.find_hits(paragraphs, lexicon), lexicon)
    >>> coverage[["entry", "status", "n_hits"]].values.tolist()
    [['threat*', 'carries', 2], ['menace', 'fires', 1], ['peril', 'silent', 0]]
    """
    check_lexicon(lexicon)
    hits = check_table(hits, "hits")
    own = hits[hits["lexicon"] == lexicon.id]
    others = hits["lexicon"][hits["lexicon"].str.startswith(f"{lexicon.name}@")].unique()
    if own.empty and len(others):
        raise TableError(
            f"the hits are of {others[0]}, the lexicon is {lexicon.id}; find the hits again with "
            "this lexicon"
        )
    entries = lexicon.entries.rename(columns={"term": "entry"}).assign(lexicon=lexicon.id)
    entries = entries[_ENTRY].drop_duplicates()
    table = entries.merge(count_entries(own), on=_ENTRY, how="left")
    table = table.merge(_shared(own), on=[*_CLASS, "entry"], how="left")
    none = dict.fromkeys(("n_hits", "n_blocked", "n_documents", "n_shared"), 0)
    table = table.fillna({**none, "surfaces": "", "shared_with": ""})
    table["place"] = table["category"].map({c: n for n, c in enumerate(lexicon.category_names)})
    table = table.sort_values(
        ["place", "n_hits", "n_blocked", "entry"], ascending=[True, False, False, True]
    )
    total = table.groupby("category")["n_hits"].transform("sum")
    # An entry without hits has no share of them only where nobody has.
    table["share"] = (table["n_hits"] / total).where(total > 0)
    table["cumulative_share"] = table.groupby("category")["share"].cumsum()
    before = (table["cumulative_share"] - table["share"]).fillna(1.0)
    fires = table["n_hits"] > 0
    conditions = [fires & (before < _CARRIED - 1e-12), fires, table["n_blocked"] > 0]
    table["status"] = np.select(conditions, ["carries", "fires", "blocked"], "silent")
    return make_table("coverage", table.drop(columns="place"))


def _shared(hits: pd.DataFrame) -> pd.DataFrame:
    """Return for each entry how many of its hits overlap those of which other categories."""
    overlaps = find_overlaps(hits)
    pairs = pd.concat(
        [
            overlaps[[*PLACE, "start", "end"]].assign(
                **{name: overlaps[f"{name}_{one}"] for name in (*_CLASS, "entry", "surface")},
                other=overlaps[f"category_{other}"],
            )
            for one, other in (("a", "b"), ("b", "a"))
        ]
    )
    by_other = pairs.groupby([*_CLASS, "entry", "other"]).size().rename("n").reset_index()
    by_other = by_other.sort_values(["n", "other"], ascending=[False, True])
    by_other["shared_with"] = by_other["other"] + " (" + by_other["n"].astype(str) + ")"
    named = by_other.groupby([*_CLASS, "entry"])["shared_with"].agg(", ".join)
    # A hit that two other categories overlap is one hit.
    single = pairs.drop_duplicates([*PLACE, "start", "surface", *_CLASS, "entry"])
    sizes = single.groupby([*_CLASS, "entry"]).size().rename("n_shared")
    return pd.concat([named, sizes], axis="columns").reset_index()

"""A curation in plain words, for the methods section of a paper."""

from collections.abc import Iterator

import pandas as pd

from analysis.curation.decisions import began_as, taken_back
from analysis.curation.judgements import entry_precision
from analysis.curation.wording import plural
from analysis.errors import ArgumentError, TableError
from analysis.lexicons.model import Lexicon, check_lexicon
from analysis.statistics.intervals import wilson_interval
from analysis.tables.checks import check_table
from analysis.tables.naming import listed

# Entries that are right less often are named.
_ENOUGH = 0.8
_COUNTS = ("n_hits", "n_judged", "n_true")
_TOLD = {
    "accept": "accepted a term",
    "reject": "rejected a term",
    "exclude": "limited an entry by phrases",
    "change": "changed an entry otherwise",
    "drop": "dropped an entry",
    "define": "wrote a definition",
}


def describe_curation(
    lexicon: Lexicon,
    decisions: pd.DataFrame,
    *,
    judgements: pd.DataFrame | None = None,
    hits: pd.DataFrame | None = None,
) -> str:
    """Write a paragraph of plain text on how a lexicon was made, for a methods section.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon as it is now.
    decisions : pandas.DataFrame
        Table ``decisions``, as `read_decisions` returns it.
    judgements : pandas.DataFrame, optional
        Table ``judgements``. Who judged is told, and how precise the lexicon is.
    hits : pandas.DataFrame, optional
        Table ``hits`` of the lexicon as it is now; needed with `judgements`.

    Returns
    -------
    str
        One paragraph: with how many entries the lexicon began, what was decided, how many
        entries it has, and the precision of hits that were judged, with Wilson's interval.
        What was taken back counts only as that. Entries of which less than .8 was right are
        named.

    Raises
    ------
    TypeError
        If `lexicon` is none.
    ValueError
        If `judgements` are given without `hits`, or `hits` without them.
    TableError
        If a table breaks its schema.

    Notes
    -----
    Where the file was changed by hand, besides the decisions, how many entries it began with
    cannot be told from the log, and the paragraph says so.

    Examples
    --------
    >>> import analysis as fa
    >>> from analysis.tables.checks import empty_table
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Talks.", "Talks on aid."]))
    >>> lexicon = fa.lexicon_from_dict("diplomacy", {"diplomacy": ["talks"]})
    >>> hits = fa.find_hits(paragraphs, lexicon)
    >>> judged = hits.assign(coder="Ana", code=["1", "0"], time="", text_hash="")
    >>> text = fa.describe_curation(
    ...     lexicon, empty_table("decisions"), judgements=judged, hits=hits)
    >>> print(text.rpartition("hits: ")[2].partition(" (")[0])
    1 was right, a precision of 0.50 [0.09, 0.91]
    """
    check_lexicon(lexicon)
    if (judgements is None) != (hits is None):
        raise ArgumentError("give judgements together with the hits of the lexicon, or neither")
    decisions = check_table(decisions, "decisions").sort_values("number", ignore_index=True)
    if not decisions["lexicon"].str.startswith(f"{lexicon.name}@").all():
        raise TableError(f"the decisions are on another lexicon than {lexicon.name}; give its own")
    sentences = [*_course(lexicon, decisions)]
    if judgements is not None and hits is not None:
        sentences += _precision(lexicon, judgements, hits)
    return " ".join(sentences)


def _course(lexicon: Lexicon, decisions: pd.DataFrame) -> Iterator[str]:
    n_now = plural(_size(lexicon), "entry", "entries")
    if (began := began_as(lexicon, decisions)) is None:
        yield (
            f"The lexicon {lexicon.id} has {n_now}; with how many it began cannot be told, since "
            "it was changed besides the decisions in its log."
        )
    else:
        n_began = plural(_size(began), "entry", "entries")
        yield f"The lexicon {lexicon.id} began with {n_began} and has {n_now} now."
    made = decisions[decisions["decision"].ne("undo")]
    if made.empty:
        yield "No decision is in its log."
        return
    days = decisions["time"].str[:10]
    gone = made["number"].isin(taken_back(decisions))
    counts = made.loc[~gone, "decision"].value_counts()
    told = [f"{counts[kind]:,} {what}" for kind, what in _TOLD.items() if kind in counts]
    said = plural(len(made), "decision was", "decisions were")
    said += f" made ({' to '.join(dict.fromkeys((days.min(), days.max())))})"
    if gone.any():
        said += f"; {plural(int(gone.sum()), 'was', 'were')} taken back"
    if told:
        said += f"{'; of the others, ' if gone.any() else ': '}{listed(told)}"
    yield f"{said}."


def _precision(lexicon: Lexicon, judgements: pd.DataFrame, hits: pd.DataFrame) -> Iterator[str]:
    hits, judgements = check_table(hits, "hits"), check_table(judgements, "judgements")
    own = hits[hits["lexicon"].eq(lexicon.id)]
    if own.empty and len(hits):
        raise TableError(
            f"the hits are those of {hits['lexicon'].iloc[0]}, not of {lexicon.id}; find them again"
        )
    table = entry_precision(own, judgements)
    judged = table[table["n_judged"].gt(0)]
    n_hits, n_judged, n_true = (int(table[name].sum()) for name in _COUNTS)
    counted = plural(n_hits, "counted hit", "counted hits")
    if judged.empty:
        yield f"Of its {counted} none was judged."
        return
    bounds = wilson_interval(n_true, n_judged)
    coders = listed(sorted(judgements["coder"].unique()))
    yield (
        f"{coders} judged {n_judged:,} of its {counted}, from {len(judged):,} of the "
        f"{plural(len(table), 'entry', 'entries')} with hits: {n_true:,} "
        f"{'was' if n_true == 1 else 'were'} right, a precision of {n_true / n_judged:.2f} "
        f"[{bounds.low:.2f}, {bounds.high:.2f}] (Wilson interval, 95 %; each judged hit counts "
        "alike)."
    )
    low = judged[judged["precision"].lt(_ENOUGH)].sort_values(["precision", "category", "entry"])
    named = [
        f"{row['entry']} ({row['precision']:.2f} of {row['n_judged']:,})"
        for row in low.to_dict("records")
    ]
    yield (
        f"Below {_ENOUGH:.2f}: {listed(named)}." if named else f"No entry is below {_ENOUGH:.2f}."
    )


def _size(lexicon: Lexicon) -> int:
    return sum(len(category.entries) for category in lexicon.categories)

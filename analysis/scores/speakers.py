"""Hits in, tables of who is credited and of how much is hedged out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, TableError, check_text, names_of
from analysis.hits.find import require_context
from analysis.languages.language import LanguageName
from analysis.statistics.sums import divide
from analysis.tables.checks import (
    check_hits,
    check_table,
    label_groups,
    make_table,
    metadata_columns,
)
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.text.marks import told_languages

NARRATOR = "(narrator)"
UNKNOWN = "(unknown)"

_CLASS = ["lexicon", "category"]
_SENTENCE = [*PLACE, "sentence"]
# A name that no metadata column has.
_GROUP = "group of the hit"


def count_speakers(
    hits: pd.DataFrame,
    paragraphs: pd.DataFrame | None = None,
    *,
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count the hits of each category that each speaker is credited with.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits`` with voice and speaker.
    paragraphs : pandas.DataFrame, optional
        Table ``paragraphs`` that the hits were found in, for the metadata that `by` names.
    by : str or sequence of str, optional
        Metadata columns, or ``"document_id"``: count in each group by itself. They stand first.

    Returns
    -------
    pandas.DataFrame
        Table ``speakers``, by lexicon and category, the most frequent speaker first, of the
        hits that have a voice: their sum is the n of the shares. What the narrator says is
        ``(narrator)``, what is credited to nobody by name ``(unknown)``. Names that differ in
        capitals only are one speaker. Across documents, descriptions such as "the minister"
        may stand for different people.

    Raises
    ------
    TableError
        If a table breaks its schema, voices were not determined, or `by` names no column of
        `paragraphs`.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["The threat is real. The threat grows, Ana Rell said."]
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts(texts)), lexicon)
    >>> fa.count_speakers(hits)[["speaker", "n_hits", "share"]].values.tolist()
    [['(narrator)', 1, 0.5], ['Ana Rell', 1, 0.5]]
    """
    groups = _groups_of(by)
    if paragraphs is None and groups not in ([], ["document_id"]):
        raise ArgumentError(f"hits hold no column {groups[0]!r}; give the paragraphs, too")
    if paragraphs is None:
        hits = check_table(hits, "hits")
    else:
        paragraphs, hits, row = check_hits(paragraphs, hits)
        hits = hits.assign(**_labels(paragraphs, groups, "speakers", row))
    counted = _with_context(hits)
    named = counted["speaker"].where(counted["voice"] != "narrator", NARRATOR)
    named = named.fillna(UNKNOWN)
    group = [*groups, *_CLASS]
    work = counted.assign(
        speaker=_one_writing(named),
        n_quote=counted["voice"] == "quote",
        n_paraphrase=counted["voice"] == "paraphrase",
        n_hedged=counted["certainty"] == "hedged",
        n_negated=counted["certainty"] == "negated",
    )
    grouped = work.groupby([*group, "speaker"], sort=False)
    table = grouped[["n_quote", "n_paraphrase", "n_hedged", "n_negated"]].sum()
    table = table.assign(n_hits=grouped.size(), n_documents=grouped["document_id"].nunique())
    table = table.reset_index()
    credited = table["n_hits"].where(table["speaker"] != NARRATOR)
    of_group = table.assign(credited=credited).groupby(group, sort=False)
    whole = of_group[["n_hits", "credited"]].transform("sum")
    shares = {
        "share": table["n_hits"] / whole["n_hits"],
        "share_credited": credited / whole["credited"],
    }
    order = np.lexsort([table["speaker"], -table["n_hits"], of_group.ngroup()])
    made = make_table("speakers", table.assign(**shares).iloc[order])
    return made[[*group, *(c for c in made.columns if c not in group)]]


def hedging_density(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    hedges: str = "hedging",
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Compare how much is hedged where a category is and where it is not.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs`` that the hits were found in.
    hits : pandas.DataFrame
        Table ``hits`` of one or more lexica, with certainty, hits of hedges among them.
    by : str or sequence of str, optional
        Metadata columns, or ``"document_id"``: compare in each group by itself. They stand
        first, with a row for each group and category, also for those without a hit of known
        certainty.
    hedges : str, default "hedging"
        Category of `hits` that counts as hedges.
    language : str or path, optional
        As in `split_paragraphs`.

    Returns
    -------
    pandas.DataFrame
        Table ``hedging_density``: a row for each other category. ``share_hedged`` is the
        share of its hits that a hedge reaches; ``hedges_per_sentence`` counts hedges in
        the sentences that hold a hit, whether they reach it or not. Documents in a language
        that is not known are left out of all of it.

    Raises
    ------
    TableError
        If a table breaks its schema, certainty was not determined, or `by` names no column of
        `paragraphs`.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["The threat may grow. Talks go on. Talks might end."]
    >>> lexica = [fa.lexicon_from_dict("demo", {"threat": ["threat*"]}), fa.load_lexicon("hedging")]
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    >>> density = fa.hedging_density(paragraphs, fa.find_hits(paragraphs, lexica))
    >>> density[["category", "hedges_per_sentence", "hedges_per_other_sentence"]].values.tolist()
    [['threat', 1.0, 0.5]]
    """
    check_text("hedges", hedges)
    groups = _groups_of(by)
    paragraphs, hits, row = check_hits(paragraphs, hits)
    labels = pd.DataFrame(_labels(paragraphs, groups, "hedging_density"), index=paragraphs.index)
    # Without columns to group by, all is one group.
    number = labels.groupby(groups).ngroup() if groups else pd.Series(0, index=paragraphs.index)
    counted = _with_context(hits.assign(**{_GROUP: number.to_numpy()[row]}))
    known = [language.tells_context for language in told_languages(paragraphs, language)]
    n_sentences = paragraphs["n_sentences"].mul(pd.Series(known)).groupby(number).sum()
    frames = counted[counted["category"] != hedges]
    classes = frames[_CLASS].drop_duplicates()
    rows: list[dict[str, Any]] = []
    for group, of_group in n_sentences.items():
        own = counted[counted[_GROUP] == group]
        cues = own[own["category"] == hedges].groupby(_SENTENCE).size()
        first = labels[(number == group).to_numpy()].iloc[0]
        for lexicon, category in classes.itertuples(index=False, name=None):
            found = own[(own["lexicon"] == lexicon) & (own["category"] == category)]
            sentences = pd.MultiIndex.from_frame(found[_SENTENCE]).unique()
            inside = int(cues.reindex(sentences, fill_value=0).sum())
            rows.append(
                {
                    **{name: first[name] for name in groups},
                    "lexicon": lexicon,
                    "category": category,
                    "n_hits": len(found),
                    "n_hedged": int((found["certainty"] == "hedged").sum()),
                    "n_negated": int((found["certainty"] == "negated").sum()),
                    "n_sentences": len(sentences),
                    "n_hedges": inside,
                    "n_other_sentences": int(of_group) - len(sentences),
                    "n_other_hedges": int(cues.sum()) - inside,
                }
            )
    columns = [*groups, *TABLES["hedging_density"].columns]
    table = pd.DataFrame(rows, columns=columns)
    table["share_hedged"] = divide(table["n_hedged"], table["n_hits"])
    table["share_negated"] = divide(table["n_negated"], table["n_hits"])
    table["hedges_per_sentence"] = divide(table["n_hedges"], table["n_sentences"])
    table["hedges_per_other_sentence"] = divide(table["n_other_hedges"], table["n_other_sentences"])
    return make_table("hedging_density", table)[columns]


def _groups_of(by: str | Sequence[str] | None) -> list[str]:
    groups = [] if by is None else names_of("by", by)
    if by is not None and (not groups or len(set(groups)) < len(groups)):
        raise TableError(f"by is {by!r}; name one or more columns, each once")
    return groups


def _labels(
    paragraphs: pd.DataFrame, groups: Sequence[str], name: str, row: np.ndarray | None = None
) -> dict[str, pd.Series]:
    """Return the groups of paragraphs, or of the hits in their rows."""
    known = ["document_id", *metadata_columns(paragraphs, "paragraphs")]
    if unknown := [own for own in groups if own not in known]:
        raise TableError(
            f"paragraphs have no column {unknown[0]!r} to group by; they have "
            f"{', '.join(map(repr, known))}"
        )
    if taken := [own for own in groups if own in TABLES[name].columns]:
        raise TableError(f"the metadata column {taken[0]!r} has the name of a result; rename it")
    labels = {own: label_groups(paragraphs[own]) for own in groups}
    if row is None:
        return labels
    return {own: column.take(row).reset_index(drop=True) for own, column in labels.items()}


def _with_context(hits: pd.DataFrame) -> pd.DataFrame:
    counted = hits[hits["blocked_by"].isna()]
    require_context(counted, ("voice", "certainty"))
    return counted[counted["voice"].notna()]


def _one_writing(names: pd.Series) -> pd.Series:
    """Write names that differ in capitals only in the way that is the most frequent."""
    folded = names.str.casefold()
    counts = pd.DataFrame({"folded": folded, "name": names}).value_counts(sort=False).reset_index()
    counts = counts.sort_values(["folded", "count", "name"], ascending=[True, False, True])
    usual = counts.drop_duplicates("folded").set_index("folded")["name"]
    return folded.map(usual)

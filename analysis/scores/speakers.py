"""Hits in, tables of who is credited and of how much is hedged out."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import check_text
from analysis.hits.find import require_context
from analysis.languages.language import LanguageName
from analysis.statistics.sums import divide
from analysis.tables.checks import check_hits, check_table, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE
from analysis.text.marks import told_languages

NARRATOR = "(narrator)"
UNKNOWN = "(unknown)"

_CLASS = ["lexicon", "category"]
_SENTENCE = [*PLACE, "sentence"]


def count_speakers(hits: pd.DataFrame, *, per_document: bool = False) -> pd.DataFrame:
    """Count the hits of each category that each speaker is credited with.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table ``hits`` with voice and speaker.
    per_document : bool, default False
        Count in each document by itself; a column ``document_id`` then joins the key.

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
        If `hits` breaks its schema, or voices were not determined.

    Examples
    --------
    >>> import analysis as fa
    >>> texts = ["The threat is real. The threat grows, Ana Rell said."]
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    >>> hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts(texts)), lexicon)
    >>> fa.count_speakers(hits)[["speaker", "n_hits", "share"]].values.tolist()
    [['(narrator)', 1, 0.5], ['Ana Rell', 1, 0.5]]
    """
    counted = _with_context(check_table(hits, "hits"))
    named = counted["speaker"].where(counted["voice"] != "narrator", NARRATOR)
    named = named.fillna(UNKNOWN)
    group = [*(["document_id"] if per_document else []), *_CLASS]
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
        If a table breaks its schema, or certainty was not determined.

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
    paragraphs, hits, _ = check_hits(paragraphs, hits)
    counted = _with_context(hits)
    cues = counted[counted["category"] == hedges]
    frames = counted[counted["category"] != hedges]
    per_sentence = cues.groupby(_SENTENCE).size()
    known = [language.tells_context for language in told_languages(paragraphs, language)]
    n_sentences, n_hedges = int(paragraphs.loc[known, "n_sentences"].sum()), len(cues)
    rows: list[dict[str, Any]] = []
    for (lexicon, category), own in frames.groupby(_CLASS, sort=False):
        sentences = pd.MultiIndex.from_frame(own[_SENTENCE]).unique()
        inside = int(per_sentence.reindex(sentences, fill_value=0).sum())
        hedged, negated = (int((own["certainty"] == kind).sum()) for kind in ("hedged", "negated"))
        rows.append(
            {
                "lexicon": lexicon,
                "category": category,
                "n_hits": len(own),
                "n_hedged": hedged,
                "n_negated": negated,
                "share_hedged": hedged / len(own),
                "share_negated": negated / len(own),
                "n_sentences": len(sentences),
                "n_hedges": inside,
                "hedges_per_sentence": inside / len(sentences),
                "n_other_sentences": n_sentences - len(sentences),
                "n_other_hedges": n_hedges - inside,
            }
        )
    table = pd.DataFrame(rows, columns=list(TABLES["hedging_density"].columns))
    table["hedges_per_other_sentence"] = divide(table["n_other_hedges"], table["n_other_sentences"])
    return make_table("hedging_density", table)


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

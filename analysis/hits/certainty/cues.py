"""Hedges and negations of paragraphs, and how far each reaches."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis.hits.certainty.context import AttributionCues, CertaintyCues
from analysis.hits.certainty.cue import Cue
from analysis.hits.certainty.document import DocumentCertainty
from analysis.hits.certainty.words import certainty_words, reach_of
from analysis.hits.matching.compiled import CompiledLexica, compile_lexica
from analysis.hits.matching.engine import scan
from analysis.hits.matching.inputs import documents_in
from analysis.hits.voice.document import DocumentVoices
from analysis.languages.language import Language, LanguageName
from analysis.lexicons.loading import cue_lexica
from analysis.tables.checks import in_order_of, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE

_PLACE_AND_KIND = attrgetter("start", "negates")


def find_hedges(paragraphs: pd.DataFrame, *, language: LanguageName | None = None) -> pd.DataFrame:
    """Find hedges, and what each reaches.

    Cues are the entries of the language's lexicon ``hedging``, and question marks. A cue
    reaches no further than its sentence, and in it as its kind does:

    - modals, epistemic adverbs and verbs such as *appear* reach over their clause,
      subject included;
    - verbs of belief, *whether*, and nouns such as *possibility* reach what follows them
      in their clause, and the that-clauses that follow from there;
    - adjectives before a noun and approximators reach the phrase behind them; approximators
      make no hit uncertain;
    - a condition reaches its own clause and the one that hangs on it;
    - a question mark reaches the question;
    - plain attribution (*according to*) reaches nothing: the voice of a hit says who is
      credited.

    Clauses are told apart by marks and by listed words (``certainty.yml`` of the language),
    without a parser: a clause that "and" opens is known by its pronoun, or by its finite
    verb, if that is among the listed ones.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text, each document's rows in order.
    language : str or path, optional
        As in `find_hits`; documents whose hits have no certainty there have no rows.

    Returns
    -------
    pandas.DataFrame
        Table ``hedges``: a row for each cue. Where a clause interrupts what a cue
        reaches, the interruption lies between scope_start and scope_end, but is not reached.

    Raises
    ------
    TypeError
        If `paragraphs` is no table.
    TableError
        If a column is missing or there twice, or a text is null.
    LanguageError
        If there is no such `language`.

    References
    ----------
    Vincze, V., Szarvas, G., Farkas, R., Móra, G., & Csirik, J. (2008). The BioScope corpus.
    BMC Bioinformatics 9(S11).

    Examples
    --------
    >>> import analysis as fa
    >>> text = "Troops may leave, but talks go on."
    >>> hedges = fa.find_hedges(fa.split_paragraphs(fa.documents_from_texts([text])))
    >>> hedges[["cue", "kind", "scope_start", "scope_end"]].values.tolist()
    [['may', 'modal', 0, 16]]
    """
    return _find(paragraphs, language, negates=False)


def find_negations(
    paragraphs: pd.DataFrame, *, language: LanguageName | None = None
) -> pd.DataFrame:
    """Find negations, and what each reaches.

    Cues are the entries of the language's lexicon ``negation``. They reach what follows them,
    to the end of their clause. Not all that a negation reaches is denied: `find_hits` decides
    by the kind of word and its place. A negation that is part of a hedge (*not clear*) is none.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text, each document's rows in order.
    language : str or path, optional
        As in `find_hits`; documents whose hits have no certainty there have no rows.

    Returns
    -------
    pandas.DataFrame
        Table ``hedges``, with the subcategory of ``negation`` as kind.

    Raises
    ------
    TypeError
        If `paragraphs` is no table.
    TableError
        If a column is missing or there twice, or a text is null.
    LanguageError
        If there is no such `language`.

    References
    ----------
    Morante, R., & Daelemans, W. (2012). ConanDoyle-neg. Proceedings of LREC.

    Examples
    --------
    >>> import analysis as fa
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Police found no weapons."]))
    >>> fa.find_negations(paragraphs)[["cue", "scope_start", "scope_end"]].values.tolist()
    [['no', 13, 23]]
    """
    return _find(paragraphs, language, negates=True)


def sort_cues(
    compiled: CompiledLexica,
    matches: np.ndarray,
    language: Language,
    first: int = 0,
    asked: np.ndarray | None = None,
) -> tuple[AttributionCues, CertaintyCues]:
    """Sort matches of the cue lexica into what makes voices and what makes certainty.

    Of what makes certainty, only the cues of the texts that are asked for, or all.
    """
    attribution: AttributionCues = {}
    certainty: CertaintyCues = {}
    ids = [lexicon.id for lexicon in compiled.lexica]
    yielding = certainty_words(language).yielding
    cues = matches[matches["phrase"] < 0]
    for name, lexicon in cue_lexica(language).items():
        if lexicon.id not in ids:
            continue
        own = cues[cues["lexicon"] == ids.index(lexicon.id)]
        if name != "attribution" and asked is not None:
            own = own[np.isin(own["text"], asked)]
        entries, which = np.unique(own["entry"], return_inverse=True)
        kinds = [compiled.entries[entry].subcategory or "" for entry in entries.tolist()]
        rows = zip(
            (own["text"] + first).tolist(),
            *(own["start"].tolist(), own["end"].tolist(), which.tolist()),
            strict=True,
        )
        if name == "attribution":
            for number, start, end, kind in rows:
                attribution.setdefault(number, []).append((start, end, kinds[kind]))
            continue
        negates = name == "negation"
        told = [
            (reach_of(language, name, kind), negates, entry, kind in yielding)
            for kind, entry in zip(kinds, entries.tolist(), strict=True)
        ]
        for number, start, end, kind in rows:
            certainty.setdefault(number, []).append(Cue(start, end, *told[kind]))
    return attribution, {
        number: _in_order(cues) if len(cues) > 1 else cues for number, cues in certainty.items()
    }


def cues_of(
    compiled: CompiledLexica, texts: Sequence[str], language: Language
) -> tuple[AttributionCues, CertaintyCues]:
    """Find the cues of each text: what makes voices, and what makes certainty."""
    attribution: AttributionCues = {}
    certainty: CertaintyCues = {}
    first = 0
    for found in scan(compiled, texts):
        batch = sort_cues(compiled, found.matches, language, first)
        attribution |= batch[0]
        certainty |= batch[1]
        first += len(found.texts)
    return attribution, certainty


def _in_order(cues: list[Cue]) -> list[Cue]:
    """Put cues in order of place; of a hedge and a negation that overlap keep the first."""
    kept: list[Cue] = []
    # "not clear" is a hedge; "rejected claims", before "claims that", a negation.
    for cue in sorted(cues, key=_PLACE_AND_KIND):
        if not kept or cue.start >= kept[-1].end or cue.negates == kept[-1].negates:
            kept.append(cue)
    return kept


def _find(
    paragraphs: pd.DataFrame, language: LanguageName | None, *, negates: bool
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for places, texts, _, own in documents_in(paragraphs, language):
        rows += _rows_of(places, texts, own, negates)
    names = TABLES["hedges"].columns
    found = make_table("hedges", {name: [row[name] for row in rows] for name in names})
    return in_order_of(paragraphs, found, PLACE)


def _rows_of(
    places: list[tuple[str, int, int]], texts: list[str], language: Language, negates: bool
) -> Iterator[dict[str, Any]]:
    compiled = compile_lexica(list(cue_lexica(language).values()))
    attribution, certainty = cues_of(compiled, texts, language)
    voices = DocumentVoices(texts, attribution, language)
    reader = DocumentCertainty(voices, certainty)
    for number, (document_id, paragraph, offset) in enumerate(places):
        text = texts[number]
        if number not in certainty and (negates or "?" not in text):
            continue
        for sentence, (begin, stop) in enumerate(voices.sentences(number)):
            scopes = reader.scopes(number, begin, stop)
            if scopes is None:
                continue
            for place, cue in enumerate(scopes.cues):
                if cue.negates == negates:
                    scope = scopes.scope(place)
                    entry = compiled.entries[cue.entry] if cue.entry >= 0 else None
                    yield {
                        "document_id": document_id,
                        "paragraph": paragraph,
                        "sentence": sentence,
                        "cue": text[cue.start : cue.end],
                        "cue_start": offset + cue.start,
                        "cue_end": offset + cue.end,
                        "kind": "question" if entry is None else entry.subcategory,
                        "entry": None if entry is None else entry.term,
                        "scope_start": None if scope is None else offset + scope[0],
                        "scope_end": None if scope is None else offset + scope[1],
                    }

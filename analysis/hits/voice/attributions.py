"""Who is said to say what: cues, their sources and what they attribute, paragraph by paragraph."""

from typing import Any

import pandas as pd

from analysis.hits.certainty.cues import cues_of
from analysis.hits.matching.compiled import compile_lexica
from analysis.hits.matching.inputs import documents_in
from analysis.hits.voice.document import DocumentVoices
from analysis.hits.voice.relations import Attribution
from analysis.languages.language import LanguageName
from analysis.lexicons.loading import cue_lexica
from analysis.tables.checks import in_order_of, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE


def find_attributions(
    paragraphs: pd.DataFrame, *, language: LanguageName | None = None
) -> pd.DataFrame:
    """Find who is said to say what.

    A cue of the language's lexicon ``attribution`` outside quotation marks makes an attribution.
    Its source is the subject before the verb, or behind it where the verb follows what
    is said ("…," said the minister); for "according to" and its like, the words behind
    it. Its content is the quotation beside it, the clause behind the verb, or the
    clause before the source ("…, the ministry said"). All are bounded by the
    sentence, but for a quotation that goes on. A quotation without a cue in its
    sentence belongs to the source named last in its paragraph.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text.
    language : str or path, optional
        As in `find_hits`; documents in a language that is not known have no rows.

    Returns
    -------
    pandas.DataFrame
        Table ``attributions``: one row for each cue, and for each quotation without
        one. Offsets are code points of ``documents.text``.

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
    Pareti, S. (2012). A database of attribution relations. Proceedings of LREC.

    Examples
    --------
    >>> import analysis as fa
    >>> text = "Troops left, according to Ana Rell. The minister said it may rain."
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    >>> fa.find_attributions(paragraphs)[["cue", "speaker"]].values.tolist()
    [['according to', 'Ana Rell'], ['said', 'The minister']]
    """
    rows: list[dict[str, Any]] = []
    for places, texts, own in documents_in(paragraphs, language):
        compiled = compile_lexica([cue_lexica(own)["attribution"]])
        voices = DocumentVoices(texts, cues_of(compiled, texts, own)[0], own)
        for number, place in enumerate(places):
            told = zip(voices.attributions(number), voices.speakers(number), strict=True)
            rows += [_row(place, texts[number], one, speaker) for one, speaker in told]
    names = TABLES["attributions"].columns
    found = make_table("attributions", {name: [row[name] for row in rows] for name in names})
    return in_order_of(paragraphs, found, PLACE)


def _row(
    place: tuple[str, int, int], text: str, found: Attribution, speaker: str | None
) -> dict[str, Any]:
    document_id, paragraph, offset = place

    def moved(at: int) -> int | None:
        return offset + at if at >= 0 else None

    return {
        "document_id": document_id,
        "paragraph": paragraph,
        "cue": text[found.cue_start : found.cue_end] if found.cue_start >= 0 else None,
        "cue_start": moved(found.cue_start),
        "cue_end": moved(found.cue_end),
        "source": text[found.source_start : found.source_end] if found.source_start >= 0 else None,
        "speaker": speaker,
        "source_start": moved(found.source_start),
        "source_end": moved(found.source_end),
        "content_start": offset + found.content_start,
        "content_end": offset + found.content_end,
        "kind": "quote" if found.quoted else "paraphrase",
    }

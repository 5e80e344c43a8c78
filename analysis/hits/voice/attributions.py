"""Who is said to say what: cues, their sources and what they attribute, paragraph by paragraph."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from analysis.hits.certainty.cues import cues_of
from analysis.hits.matching.compiled import compile_lexica
from analysis.hits.matching.inputs import documents_in
from analysis.hits.voice.document import DocumentVoices
from analysis.hits.voice.members import NOBODY_KNOWN, Speaker
from analysis.hits.voice.places import NARRATOR, TURN, voices_at
from analysis.hits.voice.spans import Attribution
from analysis.hits.voice.told import Credit, heard_at
from analysis.languages.language import LanguageName
from analysis.lexicons.loading import cue_lexica
from analysis.tables.checks import check_hits, in_order_of, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import PLACE, VOICES


class _Row(NamedTuple):
    """One row of the table, in code points of its paragraph."""

    kind: str
    content: tuple[int, int]
    speaker: Speaker = NOBODY_KNOWN
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None

    def credit(self, text: str) -> Credit:
        """Return who is credited with what the row covers."""
        apart = tuple(span for span in (self.cue, self.source) if span)
        cue = text[slice(*self.cue)] if self.cue else None
        return Credit(*self.content, self.kind, self.speaker, cue, apart)

    def columns(self, place: tuple[str, int, int], text: str) -> dict[str, Any]:
        """Return the row with its place in the document."""
        document_id, paragraph, offset = place
        row: dict[str, Any] = {"document_id": document_id, "paragraph": paragraph}
        for name in ("cue", "source", "content"):
            span = getattr(self, name)
            row[name] = text[slice(*span)] if span else None
            row[f"{name}_start"] = offset + span[0] if span else None
            row[f"{name}_end"] = offset + span[1] if span else None
        who = self.speaker
        told = {"speaker": who.name, "speaker_kind": who.kind, "speaker_mention": who.mention}
        return {**row, **told, "kind": self.kind}


def find_attributions(
    paragraphs: pd.DataFrame, *, language: LanguageName | None = None
) -> pd.DataFrame:
    """Find who is said to say what.

    A cue of the language's lexicon ``attribution`` makes an attribution where it is a verb with
    somebody who speaks and with something that is said: a quotation, a clause, *that*, *to* or a
    question behind it, or what stands before it ("…, the ministry said"). "According to" and its
    like name their source behind them. What opens with "In addition," goes on with either. A
    denied cue ("did not say") makes none. A mere act (*condemned*) has the kind ``act``: what it
    tells is the narrator's. A quotation without a cue belongs to who is named beside it, or spoke
    last in its paragraph or the one before. Within quotations, only sources that they name count.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text.
    language : str or path, optional
        As in `find_hits`; documents whose hits have no voice there have no rows.

    Returns
    -------
    pandas.DataFrame
        Table ``attributions``: one row for each cue, and without a cue for each other
        quotation, quotation within a clause that is attributed, sentence that goes on and turn
        of a transcript; a document with none has one row of kind ``act`` with no content.
        Offsets are code points of ``documents.text``. `find_hits` takes the table, as it is or
        corrected, by ``attributions=``.

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
    >>> text = "Troops left, according to Ana Rell. A minister said it may rain."
    >>> paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    >>> fa.find_attributions(paragraphs)[["cue", "speaker"]].values.tolist()
    [['according to', 'Ana Rell'], ['said', 'A minister']]
    """
    return _attributed(paragraphs, language)


def find_speakers(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame | None = None,
    *,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """List who speaks in each document: persons, bodies, documents and unnamed sources.

    Names, surnames, offices ("the minister"), abbreviations and pronouns of one speaker are
    one row, where the document tells that they belong together.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph, start
        (code points) and text.
    hits : pandas.DataFrame, optional
        Table ``hits`` of these paragraphs; with it ``n_hits`` counts those that a speaker is
        credited with.
    language : str or path, optional
        As in `find_hits`; documents in a language that is not known have no rows.

    Returns
    -------
    pandas.DataFrame
        Table ``cast``, by document in the order of `paragraphs`, and within it by first place.

    Raises
    ------
    TypeError
        If `paragraphs` is no table.
    TableError
        If a column is missing or there twice, a text is null, or `hits` are of other texts.
    LanguageError
        If there is no such `language`.

    Examples
    --------
    >>> import analysis as fa
    >>> text = "Foreign Minister Ana Rell said it may rain. The minister said troops left."
    >>> cast = fa.find_speakers(fa.split_paragraphs(fa.documents_from_texts([text])))
    >>> cast[["speaker", "kind", "forms", "n_attributions"]].values.tolist()
    [['Ana Rell', 'person', 'Foreign Minister Ana Rell; The minister', 2]]
    """
    found = _attributed(paragraphs, language, with_parts=False)
    named = found[found["speaker"].notna() & (found["kind"] != "act")]
    key = ["document_id", "speaker"]
    named = in_order_of(paragraphs.sort_values(PLACE), named, PLACE)
    grouped = named.groupby(key, sort=False)
    cast = grouped[["speaker_kind", "paragraph", "source_start"]].first()
    cast = cast.rename(columns={"speaker_kind": "kind", "source_start": "start"})
    cast = cast.assign(
        forms=grouped["speaker_mention"].agg(lambda forms: "; ".join(forms.dropna().unique())),
        n_attributions=grouped.size(),
    ).reset_index()
    counted = pd.Series(pd.NA, index=cast.index, dtype="Int64")
    if hits is not None:
        counted = check_hits(paragraphs, hits)[1].groupby(key).size()
        counted = counted.reindex(pd.MultiIndex.from_frame(cast[key]), fill_value=0)
        counted = counted.reset_index(drop=True).astype("Int64")
    return make_table("cast", cast.assign(n_hits=counted))


def _attributed(
    paragraphs: pd.DataFrame, language: LanguageName | None, *, with_parts: bool = True
) -> pd.DataFrame:
    """Make the table; without parts, nothing that is attributed has a second row."""
    rows: list[dict[str, Any]] = []
    for places, texts, labels, own in documents_in(paragraphs, language):
        compiled = compile_lexica([cue_lexica(own)["attribution"]])
        voices = DocumentVoices(texts, cues_of(compiled, texts, own)[0], own, labels=labels)
        said = [
            _of_paragraph(voices, number, with_parts=with_parts) for number in range(len(texts))
        ]
        if not any(said):
            said[0] = [_Row("act", (0, 0))]
        for place, text, found in zip(places, texts, said, strict=True):
            rows += [row.columns(place, text) for row in found]
    names = TABLES["attributions"].columns
    table = make_table("attributions", {name: [row[name] for row in rows] for name in names})
    return in_order_of(paragraphs, table, PLACE)


def _of_paragraph(voices: DocumentVoices, number: int, *, with_parts: bool) -> list[_Row]:
    """List what `find_hits` would make of a paragraph, the innermost row deciding."""
    text, turn = voices.texts[number], voices.turns[number]
    rows: list[_Row] = []
    if turn is not None and text[turn.begin :].strip():
        label = text.find(turn.label, 0, turn.begin)
        source = (label, label + len(turn.label)) if label >= 0 else None
        who = voices.speaker_of(number, TURN)
        rows.append(_Row("quote", (turn.begin, len(text.rstrip())), who, source=source))
    for n, one in enumerate(voices.attributions(number)):
        content = (one.content_start, max(one.content_start, one.content_end))
        cue, source = _span(one.cue_start, one.cue_end), _span(one.source_start, one.source_end)
        rows.append(
            _Row(_kind(voices, number, one), content, voices.speaker_of(number, n), cue, source)
        )
    return [*rows, *(_within(voices, number, rows) if with_parts else [])]


def _kind(voices: DocumentVoices, number: int, one: Attribution) -> str:
    if one.quoted:
        return "quote"
    if one.weak or one.source_start < 0:
        return "act"
    start, end, turn = one.content_start, one.content_end, voices.turns[number]
    # What somebody quoted, or in a turn, says of others is in quotation marks all the same.
    quoted = any(q.start <= start and end <= q.end and not q.scare for q in voices.quotes(number))
    return "quote" if quoted or (turn is not None and start >= turn.begin) else "paraphrase"


def _within(voices: DocumentVoices, number: int, rows: Sequence[_Row]) -> list[_Row]:
    """List the parts of what is attributed that have another voice, as quotations in a clause."""
    text, quotes = voices.texts[number], voices.quotes(number)
    if not rows:
        return []
    spans = [span for row in rows for span in (row.content, row.cue, row.source) if span]
    edges = {0, len(text), *(edge for span in spans for edge in span)}
    edges |= {edge for quote in quotes for edge in (quote.start, quote.end)}
    cut = list(pairwise(sorted(edges)))
    starts = [start for start, _ in cut]
    ours = voices_at(starts, quotes, voices.attributions(number), voices.turns[number])
    told = heard_at(starts, [row.credit(text) for row in rows if row.kind != "act"])
    added: list[_Row] = []
    for (start, end), (voice, one), heard in zip(cut, ours, told, strict=True):
        who, kind = voices.speaker_of(number, one), VOICES[voice]
        same = (kind, who) == (heard.voice, heard.speaker)
        if same or voice == NARRATOR or not any(map(str.isalnum, text[start:end])):
            continue
        if (
            added
            and added[-1].content[1] == start
            and (added[-1].kind, added[-1].speaker) == (kind, who)
        ):
            start = added.pop().content[0]
        added.append(_Row(kind, (start, end), who))
    return added


def _span(start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if start >= 0 else None

"""Hits with their context: who says them, and how surely."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import ArgumentError, TableError
from analysis.hits.certainty.context import Contexts
from analysis.hits.certainty.cues import sort_cues
from analysis.hits.matching.compiled import CompiledLexica, collection_paused, compile_lexica
from analysis.hits.matching.engine import Nested, scan
from analysis.hits.matching.inputs import checked_lexica, texts_of
from analysis.hits.matching.search import MATCHES
from analysis.hits.matching.table import hit_table, sentence_numbers
from analysis.hits.voice.speakers import united
from analysis.hits.voice.told import voices_from
from analysis.languages.language import Language, LanguageName, by_language, languages_of
from analysis.lexicons.kinds import kind_of
from analysis.lexicons.loading import cue_lexica
from analysis.lexicons.model import Lexicon
from analysis.tables.checks import check_table, make_table, stack_tables
from analysis.tables.schema import CERTAINTIES, PLACE, VOICES
from analysis.text.lines import on_one_line
from analysis.text.marks import told_languages
from analysis.text.sentences import sentences_of
from analysis.text.turns import labels_of

_PLACE = [*PLACE, "start"]


def find_hits(
    paragraphs: pd.DataFrame,
    lexica: Lexicon | Sequence[Lexicon],
    *,
    nested: Nested = "category",
    in_context: bool = True,
    attributions: pd.DataFrame | None = None,
    speakers: pd.DataFrame | None = None,
    language: LanguageName | None = None,
) -> pd.DataFrame:
    """Find every hit of one or more lexica in paragraphs: who says it, and how surely.

    Matching runs on a folded view (R1, R2) over tokens (R3) with ``*`` and ``?``
    as wildcards (R4). Within a category the leftmost and there the longest entry
    wins and no character counts twice; categories are independent (R5). A hit
    that an exclusion phrase covers stays in the table with the phrase in
    ``blocked_by``, and counts nowhere (R7).

    A hit within quotation marks has the voice ``quote``; one in what `find_attributions`
    finds attributed to a source, ``paraphrase``; any other, and the words that name a
    source, ``narrator``. One that a hedge reaches (`find_hedges`) is ``hedged``,
    whatever negates it besides; one that an odd number of negations reaches
    (`find_negations`) is ``negated``; any other ``asserted``. Plain attribution alone
    makes nothing uncertain: that is what the voice says.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        Table ``paragraphs``, or any with the columns document_id, paragraph,
        start (code points) and text. Speakers are looked for among the paragraphs of the
        same document that are given. Whose turn a paragraph is, as in an interview, is what
        the column turn_speaker says; without it, labels in the texts tell.
    lexica : Lexicon or sequence of Lexicon
        What to look for, in one pass over the text.
    nested : {"category", "lexicon"}, default "category"
        With ``"lexicon"``, a hit inside a longer hit of another category of the
        same lexicon is blocked by that longer one.
    in_context : bool, default True
        Determine voice, speaker and certainty. Without it these columns are null, and
        the work takes an eighth to a quarter of the time.
    attributions : pandas.DataFrame, optional
        Table ``attributions``, corrected by hand or made by another program, in place of
        what `find_attributions` finds: voice, its cue and all about the speaker come from the
        innermost row around a hit, and are null in documents that the table does not name.
        Rows of kind ``act`` credit nobody; a document may be named by one alone. The order of
        the rows changes nothing. Certainty is found as ever.
    speakers : pandas.DataFrame, optional
        Table ``speaker_names``, as `read_speakers` returns it: unites the names that it lists
        across documents, and fills the column ``speaker_group``. Forms are compared without
        case and articles; a row for one document wins over one for all.
    language : str or path, optional
        As in `split_paragraphs`. In documents of a language that is not known, and in those
        without capitals or full stops (``unmarked`` in `reading_report`), voice, speaker and
        certainty stay null.

    Returns
    -------
    pandas.DataFrame
        Table ``hits``, in order of the paragraphs and of place.

    Raises
    ------
    TypeError
        If `paragraphs` is no table or `lexica` holds something else.
    TableError
        If a column is missing, or a text is null; if a row of `attributions` does not lie
        within its paragraph, or two rows of `speakers` disagree.
    LexiconError
        If the same lexicon is given twice.
    LanguageError
        If there is no such `language`.
    ValueError
        If `nested` is something else, or `attributions` or `speakers` are given without
        `in_context`.

    Examples
    --------
    >>> import analysis as fa
    >>> text = "Social security is no border security. Security may fail, Ana Rell said."
    >>> lexicon = fa.lexicon_from_dict(
    ...     "demo", {"security": {"terms": ["security"], "exclude": ["social security"]}})
    >>> hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts([text])), lexicon)
    >>> hits[["start", "voice", "speaker", "certainty", "blocked_by"]].values.tolist()
    [[7, 'narrator', nan, 'asserted', 'social security'],
     [29, 'narrator', nan, 'negated', nan],
     [39, 'paraphrase', 'Ana Rell', 'hedged', nan]]
    """
    chosen = checked_lexica(lexica, nested)
    paragraphs = check_table(paragraphs, "paragraphs", needed=[*_PLACE, "text"])
    if not in_context and (attributions is not None or speakers is not None):
        raise ArgumentError("attributions and speakers tell of the context; leave in_context=True")
    tables: list[pd.DataFrame] = []
    rows: list[np.ndarray] = []
    tell = told_languages if in_context else languages_of
    for own, places in by_language(tell(paragraphs, language), language):
        part = paragraphs if len(places) == len(paragraphs) else paragraphs.take(places)
        order = _reading_order(part)
        if order is not None:
            part, places = part.take(order), places[order]
        with collection_paused():
            table, row = _find(part, chosen, nested, own, in_context=in_context)
        tables.append(table)
        rows.append(places[row])
    hits, row = stack_tables("hits", tables), np.concatenate(rows)
    if (np.diff(row) < 0).any():
        hits = hits.take(np.argsort(row, kind="stable")).reset_index(drop=True)
    if attributions is not None:
        hits = make_table("hits", {**hits, **voices_from(attributions, paragraphs, hits)})
    if speakers is not None:
        hits = make_table("hits", {**hits, **united(speakers, hits, paragraphs, language)})
    return hits


def _find(
    paragraphs: pd.DataFrame,
    chosen: list[Lexicon],
    nested: Nested,
    language: Language,
    *,
    in_context: bool,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Find the hits of paragraphs in one language, in order; and the row that each is in."""
    given = {lexicon.id for lexicon in chosen}
    cues = cue_lexica(language).values() if in_context else ()
    compiled = compile_lexica([*chosen, *(lexicon for lexicon in cues if lexicon.id not in given)])
    split = sentences_of(language).spans
    # A table for each batch: so much less is in memory than with lists of all rows.
    tables: list[pd.DataFrame] = []
    rows: list[np.ndarray] = [np.arange(0)]
    documents = paragraphs["document_id"].factorize()[0].tolist()
    context = Contexts(documents, language, labels_of(paragraphs)) if in_context else None
    n_texts = 0
    for found in scan(compiled, texts_of(paragraphs), nested=nested):
        own = found.matches[found.matches["lexicon"] < len(chosen)]
        with_hits = np.unique(own["text"])
        sentences = {n: split(found.texts[n]) for n in with_hits.tolist()}
        numbers = sentence_numbers(own, sentences, found.texts)
        places = paragraphs[_PLACE].iloc[n_texts : n_texts + len(found.texts)]
        tables.append(hit_table(own, found.texts, numbers, places, compiled))
        rows.append(own["text"] + n_texts)
        if context is not None:
            cues_found = sort_cues(compiled, found.matches, language, asked=with_hits)
            things = _are_things(compiled, own["entry"])
            at = zip(
                own["text"].tolist(), own["start"].tolist(), numbers.tolist(), things, strict=True
            )
            texts = [on_one_line(text) for text in found.texts]
            context.read(texts, *cues_found, list(at), sentences)
        n_texts += len(found.texts)
    if not tables:  # an empty one gives the columns
        none = np.empty(0, dtype=MATCHES)
        tables.append(hit_table(none, [], [], paragraphs[_PLACE].iloc[:0], compiled))
    hits = stack_tables("hits", tables)
    if context is not None:
        hits = make_table("hits", {**hits, **_columns(context, language)})
    return hits, np.concatenate(rows)


def _are_things(compiled: CompiledLexica, entries: np.ndarray) -> list[bool]:
    """Tell for entries that were found whether each is a standing thing."""
    distinct, which = np.unique(entries, return_inverse=True)
    kinds = [
        kind_of(compiled.entries[entry], compiled.lexica[compiled.lexicon_of[entry]])
        for entry in distinct.tolist()
    ]
    return [kinds[place] == "thing" for place in which.tolist()]


def require_context(hits: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse hits whose context was not determined, also not that their language is not known."""
    for name in names:
        # Quotation marks are read in any language.
        if (hits[name].isna() & hits["scare_quote"].isna()).any():
            raise TableError(
                f"column {name!r} of the hits table is null: it was not determined; make the hits "
                "with find_hits, in_context left as it is"
            )


def _reading_order(paragraphs: pd.DataFrame) -> np.ndarray | None:
    """Return the rows in order of documents and paragraphs; None where they already are."""
    documents = paragraphs["document_id"].factorize()[0]
    numbers = paragraphs["paragraph"].to_numpy()
    step = np.diff(documents)
    if ((step > 0) | ((step == 0) & (np.diff(numbers) > 0))).all():
        return None
    return np.lexsort([numbers, documents])


def _columns(context: Contexts, language: Language) -> dict[str, Any]:
    columns = {"scare_quote": pd.Series(context.scare_quote, dtype="boolean")}
    if not language.tells_context:
        return columns
    return columns | {
        "voice": pd.Series(VOICES, dtype="str").take(context.voice),
        "speaker": pd.Series(context.speaker, dtype="str"),
        "speaker_kind": pd.Series(context.speaker_kind, dtype="str"),
        "speaker_mention": pd.Series(context.speaker_mention, dtype="str"),
        "voice_cue": pd.Series(context.voice_cue, dtype="str"),
        "certainty": pd.Series(CERTAINTIES, dtype="str").take(context.certainty),
        "certainty_cue": pd.Series(context.certainty_cue, dtype="str"),
    }

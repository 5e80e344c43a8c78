"""What the page is told of a lexicon in the making, as values that can be sent to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.curation.decisions import last_standing, taken_back
from analysis.curation.judgements import entry_precision
from analysis.curation.wording import judged
from analysis.lexicons.changes import category_of, entry_as_line
from analysis.lexicons.formats.write_yaml import fields_of
from analysis.lexicons.lint import lint_lexicon
from analysis.lexicons.model import KINDS, Entry, Lexicon
from analysis.tables.checks import records_of, rows_of
from analysis.tables.schema import PLACE
from analysis.text.segmentation import split_sentences

_LOGGED = ("number", "time", "category", "term", "decision", "reason", "undoes")
_LOGGED_FIGURES = ("hits_gained", "hits_lost")


def describe_category(
    lexicon: Lexicon, category: str, hits: pd.DataFrame, judgements: pd.DataFrame
) -> dict[str, Any]:
    """Return definition, subcategories and entries of a category, with what each finds."""
    own = category_of(lexicon, category)
    return {
        "definition": own.definition,
        "subcategories": [name for name, _ in own.subcategories],
        "kinds": list(KINDS),
        "entries": describe_entries(own.entries, hits, judgements),
    }


def describe_entries(
    entries: Sequence[Entry], hits: pd.DataFrame, judgements: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return entries with their hits, documents and judgements, in the order of the lexicon."""
    counted = hits[hits["blocked_by"].isna()]
    by_entry = counted.groupby("entry")["document_id"]
    sizes, documents = by_entry.size().to_dict(), by_entry.nunique().to_dict()
    precise = {row.entry: row for row in rows_of(entry_precision(hits, judgements))}
    rows = []
    for entry in entries:
        said = ""
        if (row := precise.get(entry.term)) is not None:
            said = judged(row.n_true, row.n_judged, row.low, row.high)
        rows.append(
            {
                "line": entry_as_line(entry),
                "term": entry.term,
                "fields": form_of(entry),
                "n_hits": sizes.get(entry.term, 0),
                "n_documents": documents.get(entry.term, 0),
                "judged": said,
            }
        )
    return rows


def form_of(entry: Entry) -> dict[str, Any]:
    """Return what a form shows of an entry: its fields in a file, and its subcategory."""
    fields = fields_of(entry)
    return {**fields, "subcategory": entry.subcategory} if entry.subcategory else fields


def describe_decisions(decisions: pd.DataFrame, *, since: int) -> dict[str, Any]:
    """Return the decisions behind a number, which ones do not stand, and what undo takes back."""
    rows = records_of(decisions.loc[decisions["number"] > since, [*_LOGGED, *_LOGGED_FIGURES]])
    last = last_standing(decisions)
    undo = None
    if last is not None:
        row = decisions.loc[decisions["number"].eq(last)].iloc[0]
        what = "the definition" if pd.isna(row["term"]) else f"{row['decision']} {row['term']}"
        undo = {"number": last, "what": what}
    return {
        "since": since,
        "decisions": [{name: _plain(value) for name, value in row.items()} for row in rows],
        "taken_back": {str(number): int(by) for number, by in taken_back(decisions).items()},
        "undo": undo,
    }


def lint_of(lexicon: Lexicon, category: str, entry: Entry, words: Mapping[str, int]) -> list[str]:
    """Return what lint says of one entry of a category."""
    own = category_of(lexicon, category)
    # Other entries are tried against this one, and only this one on all words.
    among = _lexicon_of(lexicon, category, own.entries)
    alone = _lexicon_of(lexicon, category, (entry,))
    found = pd.concat(
        [lint_lexicon(among, words=()), lint_lexicon(alone, words=words)], ignore_index=True
    ).drop_duplicates()
    about = found[found["term"].eq(entry.term) | found["other"].eq(entry.term)]
    about = about.drop_duplicates(["term", "check", "other"])
    return [
        row.problem if row.term == entry.term else f"{row.term!r}: {row.problem}"
        for row in rows_of(about)
    ]


def hits_to_judge(paragraphs: pd.DataFrame, hits: pd.DataFrame) -> list[dict[str, Any]]:
    """Return hits with the sentence and the paragraph that each stands in, cut about the hit."""
    places = hits[PLACE].drop_duplicates()
    own = paragraphs.merge(places, on=PLACE)
    sentences = split_sentences(own)
    bounds = {
        (*place, number): (start, end)
        for *place, number, start, end in sentences[
            [*PLACE, "sentence", "start", "end"]
        ].itertuples(index=False)
    }
    texts = {(row.document_id, row.paragraph): (row.start, row.text) for row in rows_of(own)}
    rows = []
    for hit in rows_of(hits):
        place = (hit.document_id, hit.paragraph)
        offset, text = texts[place]
        start, end = hit.start - offset, hit.end - offset
        first, last = bounds.get((*place, hit.sentence), (offset, offset + len(text)))
        first, last = min(first - offset, start), max(last - offset, end)
        rows.append(
            {
                **{name: _plain(getattr(hit, name)) for name in (*PLACE, "start", "end")},
                "around": [text[:first], text[last:]],
                "sentence": [text[first:start], text[start:end], text[end:last]],
            }
        )
    return rows


def _lexicon_of(lexicon: Lexicon, category: str, entries: Sequence[Entry]) -> Lexicon:
    own = replace(category_of(lexicon, category), entries=tuple(entries))
    return replace(lexicon, categories=(own,))


def _plain(value: Any) -> Any:
    """Return a value that JSON knows in place of numpy's."""
    return value.item() if hasattr(value, "item") else value

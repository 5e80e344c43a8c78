"""The page on which a lexicon grows: it asks, and each answer is in the files before it is told."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.curation.decisions import (
    Curated,
    decide,
    entry_at,
    figures_of,
    rejected_terms,
    undo,
)
from analysis.curation.drawing import in_drawn_order
from analysis.curation.effects import Workbench
from analysis.curation.files import CurationFiles
from analysis.curation.judgements import draw_hits, entry_precision
from analysis.curation.lines import lines_of
from analysis.curation.messages import (
    describe_category,
    describe_decisions,
    hits_to_judge,
    lint_of,
)
from analysis.curation.static import render_curation
from analysis.curation.wording import (
    counters,
    effect_sentences,
    entry_sentences,
    judged,
    nothing_sentence,
    plural,
)
from analysis.errors import MediaFramingError, first_line
from analysis.exploration.suggestions import suggestions_from
from analysis.exploration.terms import TermIndex
from analysis.lexicons.changes import category_of, entry_as_line, entry_from_fields, put_entry
from analysis.lexicons.model import Entry, Lexicon
from analysis.tables.checks import records_of, rows_of
from analysis.tables.schema import PLACE
from analysis.validation.checks import hash_of
from analysis.validation.widget.answers import CODES, now
from analysis.widgets.page import Page, page_source, page_styles

_FOLDER = Path(__file__).parent / "page"
_N_SUGGESTIONS = 200
_N_LINES = 10
_N_TO_JUDGE = 20
_MIN_OCCURRENCES = 3
_SHOWN = [
    *("term", "n_documents", "new_hits"),
    *("z", "similarity", "n_shared_contexts", "share_capitalised"),
]


class _RefusedError(MediaFramingError):
    """A decision that cannot be made: to try it again would not help."""


class CurationWidget(Page):
    """A lexicon in the making: what `curate` returns."""

    _esm = page_source(_FOLDER)
    _css = page_styles(_FOLDER)

    def __init__(
        self,
        files: CurationFiles,
        paragraphs: pd.DataFrame,
        *,
        others: Sequence[Lexicon],
        by: str | None,
        codes: pd.DataFrame | None,
        coder: str,
        seed: int,
    ) -> None:
        self._files, self._paragraphs = files, paragraphs
        self._bench = Workbench(paragraphs, others=others, by=by, codes=codes)
        self._by, self._coder, self._seed = by, coder, seed
        self._index: TermIndex | None = None
        # Wildcards are tried on the words of the corpus as soon as these are counted.
        self._vocabulary: Mapping[str, int] = {}
        self._making: threading.Thread | None = None
        self._fault = ""
        files.load()
        super().__init__()

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon as its file has it now."""
        return self._files.load()[0]

    @property
    def decisions(self) -> pd.DataFrame:
        """Table ``decisions`` as its file has it now."""
        return self._files.load()[1].copy()

    @property
    def judgements(self) -> pd.DataFrame:
        """Table ``judgements`` as its file has it now."""
        return self._files.load()[2].copy()

    @property
    def codes(self) -> pd.DataFrame:
        """Table ``codes`` that follows from the judgements: what `validate_lexicon` takes."""
        return self._files.codes()[list(CODES)]

    def __repr__(self) -> str:
        """Say how far the curation has come."""
        lexicon, decisions, judgements = self._files.load()
        sizes = ", ".join(
            f"{own.name}: {plural(len(own.entries), 'entry', 'entries')}"
            for own in lexicon.categories
        )
        judged_so_far = f", {plural(len(judgements), 'hit')} judged" if len(judgements) else ""
        return (
            f"{sizes}, {plural(len(decisions), 'decision')} so far{judged_so_far}. "
            "To curate it, run this cell in JupyterLab."
        )

    def _static_html(self) -> str:
        lexicon, decisions, judgements = self._files.load()
        hits = {name: self._hits(lexicon, name) for name in lexicon.category_names}
        return render_curation(lexicon, decisions, judgements, hits, progress=repr(self))

    # --- answers ----------------------------------------------------------------------------

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "open": lambda _: {"kind": "state"},
            "suggest": self._suggest,
            "preview": self._preview,
            "more": self._more,
            "decide": self._decide,
            "undo": self._undo,
            "judge": self._judge,
            "judged": self._judged,
        }
        try:
            answer = answers[message["kind"]](message)
        except _RefusedError as fault:
            answer = {"kind": "refused", "error": str(fault)}
        return {**answer, **self._news(message, answer)}

    def _news(self, message: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return how things stand if the page does not know it, whoever has decided."""
        lexicon, decisions, judgements = self._files.load()
        category = self._category(message)
        stamp = self._stamp(category)
        if stamp in (message["known"]["stamp"], answer.get("stamp")):
            return {}
        since = int(message["known"]["number"])
        hits = self._hits(lexicon, category)
        state = {
            "stamp": stamp,
            "content": lexicon.content_hash,
            "number": len(decisions),
            "category": category,
            "categories": list(lexicon.category_names),
            "file": str(self._files.path),
            "coder": self._coder,
            "counters": counters(
                n_entries=len(category_of(lexicon, category).entries),
                hits=hits,
                n_documents=self._bench.n_documents,
                version=lexicon.version,
            ),
            "rejected": sorted(rejected_terms(decisions, category)),
            **describe_category(lexicon, category, hits, judgements),
            **describe_decisions(decisions, since=since),
        }
        return {"state": state}

    def _suggest(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return the best candidates; while they are looked for, that they are."""
        lexicon, decisions, _ = self._files.load()
        category = self._category(message)
        said: dict[str, Any] = {"kind": "suggestions", "category": category, "making": False}
        if self._index is None and not self._fault:
            if self._making is None:
                self._making = threading.Thread(target=self._make_index, daemon=True)
                self._making.start()
            return {**said, "rows": [], "making": True}
        if self._index is None:
            return {**said, "rows": [], "why": self._fault}
        try:
            table = suggestions_from(
                self._index,
                lexicon,
                category,
                self._hits(lexicon, category),
                n=_N_SUGGESTIONS,
                min_occurrences=_MIN_OCCURRENCES,
                without=rejected_terms(decisions, category),
            )
        except MediaFramingError as fault:
            return {**said, "rows": [], "why": str(fault)}
        return {**said, "rows": records_of(table[_SHOWN])}

    def _preview(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Say what an entry, as it is being written, would change."""
        category = self._category(message)
        said = {"kind": "preview", "content": self._files.load()[0].content_hash}
        nothing = {"sentences": [], "lint": [], "lines": [], "lost": [], "n_lines": 0}
        try:
            before, after, entry = self._drafted(message)
        except MediaFramingError as fault:
            return {**said, **nothing, "error": str(fault)}
        tables = self._effects(before, after, category)
        own = self._own_hits(after, category, entry)
        coded = self._bench.coded_with(own, category)
        same = tables["gained"].empty and tables["lost"].empty
        if same and message.get("old"):
            found = entry_sentences(own, category=category, coded=coded)
            sentences = found if before is after else ["The change moves no hit.", *found]
        elif same:
            sentences = [nothing_sentence(self._alone(before, category, entry))]
        else:
            sentences = effect_sentences(tables, category=category, by=self._by, coded=coded)
        shown, heading = _shown(tables["gained"], own)
        return {
            **said,
            "sentences": sentences,
            "lint": lint_of(after, category, entry, self._vocabulary),
            "heading": heading,
            "n_lines": len(shown),
            "lines": self._lines(shown, 0),
            "lost": self._lines(tables["lost"], 0),
            "lost_heading": f"What it takes away ({len(tables['lost']):,})",
        }

    def _more(self, message: Mapping[str, Any]) -> dict[str, Any]:
        category = self._category(message)
        before, after, entry = self._drafted(message)
        gained = self._effects(before, after, category)["gained"]
        shown, _ = _shown(gained, self._own_hits(after, category, entry))
        return {"kind": "more", "lines": self._lines(shown, int(message["offset"]))}

    def _decide(self, message: Mapping[str, Any]) -> dict[str, Any]:
        category, kind, reason = self._category(message), message["decision"], message["reason"]
        entry: Entry | None = None

        def made(lexicon: Lexicon, decisions: pd.DataFrame) -> Curated:
            nonlocal entry
            old = entry_at(lexicon, category, message.get("old"))
            entry = new = _entry_of(category, message, reason) if message.get("draft") else None
            return decide(
                lexicon,
                decisions,
                category=category,
                decision=_kind_of(kind, old, new),
                old=old,
                new=new,
                definition=message.get("definition"),
                reason=reason,
                figures=self._figures,
                time=now(),
            )

        self._files.decide(_refusing(made))
        line = entry_as_line(entry) if entry is not None else None
        return {"kind": "saved", "line": line}

    def _undo(self, message: Mapping[str, Any]) -> dict[str, Any]:
        number = int(message["number"])

        def made(lexicon: Lexicon, decisions: pd.DataFrame) -> Curated:
            return undo(lexicon, decisions, number, figures=self._figures, time=now())

        _, decisions = self._files.decide(_refusing(made))
        term = decisions["term"].iloc[-1]
        return {"kind": "saved", "term": None if pd.isna(term) else term}

    def _judge(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Draw hits of an entry to be judged."""
        lexicon, _, judgements = self._files.load()
        category, entry = self._category(message), message["entry"]
        hits = self._hits(lexicon, category)
        drawn = draw_hits(hits, judgements, entry=entry, n=_N_TO_JUDGE, seed=self._seed)
        said = _judged_of(hits, judgements, entry)
        return {
            "kind": "hits",
            "entry": entry,
            "said": said,
            "hits": hits_to_judge(self._paragraphs, drawn),
        }

    def _judged(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Save whether one hit means the category."""
        category = self._category(message)
        knew = self._stamp(category) == message["known"]["stamp"]
        hits = self._hits(self._files.load()[0], category)
        place = [message[name] for name in (*PLACE, "start", "end")]
        found = hits[hits[[*PLACE, "start", "end"]].eq(place).all(axis="columns")]
        if found.empty:
            raise _RefusedError("this hit is no longer found, so it cannot be judged")
        document_id, paragraph = place[:2]
        of_paragraph = self._paragraphs["paragraph"].eq(paragraph)
        own = self._paragraphs[of_paragraph & self._paragraphs["document_id"].eq(document_id)]
        rows = found.head(1).assign(
            coder=self._coder,
            code=message["code"],
            time=now(),
            text_hash=hash_of(own["text"].iloc[0]),
        )
        judgements = self._files.judge(rows, hits)
        said = _judged_of(hits, judgements, message["entry"])
        stamp = {"stamp": self._stamp(category)} if knew else {}
        return {"kind": "saved", "said": said, **stamp}

    # --- what answers are made of -----------------------------------------------------------

    def _category(self, message: Mapping[str, Any]) -> str:
        return message["category"] or self._files.load()[0].category_names[0]

    def _stamp(self, category: str) -> str:
        lexicon, decisions, judgements = self._files.load()
        judged_last = judgements["time"].max() if len(judgements) else ""
        return f"{category} {lexicon.id} {len(decisions)} {len(judgements)} {judged_last}"

    def _hits(self, lexicon: Lexicon, category: str) -> pd.DataFrame:
        return self._bench.hits_of(lexicon, category)

    def _effects(self, before: Lexicon, after: Lexicon, category: str) -> dict[str, pd.DataFrame]:
        old, new = self._hits(before, category), self._hits(after, category)
        return self._bench.effects(old, new, category, after)

    def _figures(self, before: Lexicon, after: Lexicon, category: str) -> Mapping[str, Any]:
        return figures_of(self._effects(before, after, category)["effects"])

    def _drafted(self, message: Mapping[str, Any]) -> tuple[Lexicon, Lexicon, Entry]:
        lexicon, category = self._files.load()[0], self._category(message)
        old = entry_at(lexicon, category, message.get("old"))
        new = entry_from_fields(category, message["draft"])
        same = old is not None and entry_as_line(old) == entry_as_line(new)
        return lexicon, lexicon if same else put_entry(lexicon, category, old, new), new

    def _alone(self, lexicon: Lexicon, category: str, entry: Entry) -> pd.DataFrame:
        """Return the hits that an entry would have in a category of its own."""
        own = replace(category_of(lexicon, category), entries=(entry,), exclude=())
        return self._hits(replace(lexicon, categories=(own,)), category)

    def _own_hits(self, lexicon: Lexicon, category: str, entry: Entry) -> pd.DataFrame:
        hits = self._hits(lexicon, category)
        return hits[hits["entry"].eq(entry.term) & hits["blocked_by"].isna()]

    def _lines(self, hits: pd.DataFrame, offset: int) -> list[dict[str, Any]]:
        drawn = in_drawn_order(hits, self._seed).iloc[offset : offset + _N_LINES]
        return lines_of(self._paragraphs, drawn)

    def _make_index(self) -> None:
        try:
            index = TermIndex(self._paragraphs)
            self._vocabulary, self._index = index.vocabulary, index
        except Exception as fault:  # noqa: BLE001 - nobody sees what a thread raises
            self._fault = first_line(fault)


def _shown(gained: pd.DataFrame, own: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the hits that are drawn from to show an entry, and a line about them."""
    if len(gained):
        return gained, f"Drawn by chance from the {plural(len(gained), 'hit')} that it adds"
    return own, f"Drawn by chance from its {plural(len(own), 'hit')}"


def _refusing(made: Callable[[Lexicon, pd.DataFrame], Curated]) -> Callable[..., Curated]:
    """Tell what cannot be decided from files that cannot be written."""

    def decided(lexicon: Lexicon, decisions: pd.DataFrame) -> Curated:
        try:
            return made(lexicon, decisions)
        except MediaFramingError as fault:
            raise _RefusedError(str(fault)) from None

    return decided


def _entry_of(category: str, message: Mapping[str, Any], reason: str) -> Entry:
    """Make the entry of a draft; why a term was accepted is worth a note in the lexicon."""
    fields = dict(message["draft"])
    if message["decision"] == "accept" and not fields.get("note"):
        fields["note"] = reason
    return entry_from_fields(category, fields)


def _kind_of(kind: str, old: Entry | None, new: Entry | None) -> str:
    """Call a change that only adds phrases to ``unless`` by its name."""
    if kind != "change" or old is None or new is None:
        return kind
    more = set(new.unless) > set(old.unless)
    return "exclude" if more and replace(new, unless=old.unless) == old else kind


def _judged_of(hits: pd.DataFrame, judgements: pd.DataFrame, entry: str) -> str:
    rows = entry_precision(hits, judgements)
    for row in rows_of(rows[rows["entry"].eq(entry)]):
        return judged(int(row.n_true), int(row.n_judged), row.low, row.high)
    return ""

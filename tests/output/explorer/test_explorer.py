"""The explorer's messages, filters and static view, without a browser."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import comm
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import analysis as fa
from analysis.errors import TableError
from analysis.output.explorer.widget import Explorer
from analysis.widgets import page as page_module
from tests.widgets.in_node import run_in_node

# Invented sentences.
TEXTS = [
    "Threat at the border\n\n"
    "The ministry said the threat may grow. “Aid is no threat,” Ms. Orlan said.\n\n"
    "😀 Aid 👩‍🚒 came, a border threat did not.",
    "An article with <script>alert(1)</script> and <b>threat</b> & “aid”, named $5 and $6.",
    "Nothing to see.",
]
LEXICON = {
    "danger": {
        "definition": "What may <i>harm</i>.",
        "exclude": ["no threat"],
        "terms": [{"term": "threat*", "unless": ["threat music"], "weight": 2}],
    },
    "line": {"definition": "A border.", "terms": ["border", "border threat"]},
    "aid": {"definition": "Help.", "terms": ["aid"]},
}


@pytest.fixture(scope="module")
def lexicon() -> fa.Lexicon:
    return fa.lexicon_from_dict("demo", LEXICON)


@pytest.fixture(scope="module")
def tables(lexicon: fa.Lexicon) -> dict[str, pd.DataFrame]:
    documents = fa.documents_from_texts(TEXTS, ["plain", "hostile", "empty"])
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, lexicon)
    return {
        "paragraphs": paragraphs,
        "hits": hits,
        "scores": fa.score_paragraphs(paragraphs, hits, lexicon),
    }


class Page:
    """The front end: what it sends goes in as from the network, what it gets is kept."""

    def __init__(self, widget: Any, sent: list[dict[str, Any]]) -> None:
        self.widget, self.sent = widget, sent

    def send(self, **content: Any) -> dict[str, Any]:
        data = {"method": "custom", "content": {"id": ["a", 1], **content}}
        self.widget.comm.handle_msg({"content": {"data": data}, "buffers": []})
        return self.sent[-1]["content"]


@pytest.fixture
def show(
    monkeypatch: pytest.MonkeyPatch, tables: dict[str, pd.DataFrame], lexicon: fa.Lexicon
) -> Callable[..., Page]:
    """Show the widget to a page that is no browser."""
    sent: list[dict[str, Any]] = []

    class Comm(comm.base_comm.BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, **_: Any) -> None:
            if msg_type == "comm_msg" and data.get("method") == "custom":
                sent.append(json.loads(json.dumps(data)))

    monkeypatch.setattr(comm, "create_comm", Comm)

    def shown(**changes: Any) -> Page:
        options = {**tables, "lexica": lexicon, **changes}
        return Page(fa.explore(**options), sent)

    return shown


def test_the_page_is_told_documents_categories_and_what_there_is_to_choose(
    show: Callable[..., Page], lexicon: fa.Lexicon
) -> None:
    said = show(document_id="hostile").send(kind="open")
    assert said["id"] == ["a", 1]
    assert said["documents"][0] == {
        "id": "plain",
        "headline": "Threat at the border",
        "n_hits": 7,
    }
    assert [document["n_hits"] for document in said["documents"]] == [7, 2, 0]
    assert said["chosen"] == 1
    assert [category["name"] for category in said["categories"]] == ["danger", "line", "aid"]
    assert said["categories"][0]["definition"] == "What may <i>harm</i>."
    assert said["categories"][0]["exclusions"] == ["no threat"]
    assert {category["lexicon"] for category in said["categories"]} == {lexicon.id}
    looks = [(category["color"], category["marker"]) for category in said["categories"]]
    assert len(set(looks)) == 3
    assert said["voices"] == ["narrator", "quote", "paraphrase"]
    assert said["certainties"] == ["asserted", "hedged", "negated"]


def test_one_document_comes_at_a_time_with_the_entries_of_its_own_hits(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame]
) -> None:
    page = show()
    said = page.send(kind="document", document=1)
    assert said["kind"] == "document"
    assert [paragraph["text"] for paragraph in said["paragraphs"]] == [TEXTS[1]]
    assert [entry["term"] for entry in said["entries"]] == ["threat*", "aid"]
    assert said["entries"][0]["unless"] == ["threat music"]
    assert said["hits"][0]["weight"] == 2.0
    assert "Orlan" not in json.dumps(said)
    assert page.send(kind="document", document=2)["hits"] == []
    scores = tables["scores"]
    for place, name in enumerate(["plain", "hostile", "empty"]):
        said = page.send(kind="document", document=place)
        own = scores[scores["document_id"] == name].drop_duplicates("paragraph")
        told = [paragraph["n_tokens"] for paragraph in said["paragraphs"]]
        assert told == own["n_tokens"].tolist()


def test_every_fact_of_a_hit_reaches_the_page(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame]
) -> None:
    said = show().send(kind="document", document=0)
    hits = tables["hits"]
    own = hits[hits["document_id"] == "plain"].sort_values(["paragraph", "start", "end"])
    for name in ("voice", "speaker", "voice_cue", "certainty", "certainty_cue", "blocked_by"):
        told = [hit[name] for hit in said["hits"]]
        assert told == own[name].astype(object).where(own[name].notna(), None).tolist()
    assert [hit["weight"] for hit in said["hits"]] == own["weight"].tolist()
    assert {hit["blocked_by"] for hit in said["hits"]} == {None, "no threat"}


def test_places_are_code_points_and_each_hit_lies_in_its_sentence(
    show: Callable[..., Page],
) -> None:
    said = show().send(kind="document", document=0)
    texts = [paragraph["text"] for paragraph in said["paragraphs"]]
    words, sentences = [], []
    for hit in said["hits"]:
        text = texts[hit["paragraph"]]
        words.append(text[hit["start"] : hit["end"]])
        sentences.append(text[slice(*hit["sentence"])].strip())
        assert hit["sentence"][0] <= hit["start"] < hit["end"] <= hit["sentence"][1]
    assert words[-3:] == ["Aid", "border threat", "threat"]
    assert sentences[2] == "The ministry said the threat may grow."


def test_half_a_surrogate_pair_which_no_message_holds_is_refused(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame]
) -> None:
    texts = tables["paragraphs"]["text"].astype(object)
    spoiled = tables["paragraphs"].assign(text=texts.str.replace("😀", "\ud83d", regex=False))
    with pytest.raises(TableError, match="holds half a surrogate pair; correct"):
        show(paragraphs=spoiled)


def test_no_text_is_part_of_the_state(show: Callable[..., Page]) -> None:
    assert "ministry" not in str(show().widget.get_state())


def test_what_is_wrong_with_a_document_is_told_in_its_place(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame]
) -> None:
    said = show(hits=tables["hits"].assign(entry="peril")).send(kind="document", document=0)
    assert said["kind"] == "failed"
    assert said["error"].endswith("give the lexica that the hits were found with")


def test_hits_without_voice_and_certainty_are_shown_as_not_determined(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame], lexicon: fa.Lexicon
) -> None:
    hits = fa.find_hits(tables["paragraphs"], lexicon, in_context=False)
    said = show(hits=hits).send(kind="open")
    assert said["voices"] == said["certainties"] == [""]


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"document_id": "none"}, TableError, "paragraphs has no document 'none'"),
        ({"lexica": "demo"}, TypeError, "lexica must be a Lexicon or a list of them"),
        ({"lexica": []}, TableError, "the tables have the lexicon demo@"),
        ({"hits": "hits"}, TypeError, "hits must be a pandas DataFrame, not str"),
        ({"scores": None}, TypeError, "scores must be a pandas DataFrame, not NoneType"),
    ],
)
def test_what_cannot_be_explored_is_refused_in_one_sentence(
    show: Callable[..., Page], change: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        show(**change)


def test_scores_that_are_split_or_of_other_hits_or_documents_are_refused(
    show: Callable[..., Page], tables: dict[str, pd.DataFrame], lexicon: fa.Lexicon
) -> None:
    paragraphs, hits, scores = tables.values()
    split = fa.score_paragraphs(paragraphs, hits, lexicon, split=["voice"])
    told = "scores are split by voice; give those made without split and detail"
    with pytest.raises(TableError, match=told):
        show(scores=split)
    with pytest.raises(TableError, match="scores has no document 'empty'"):
        show(scores=scores[scores["document_id"] != "empty"])
    with pytest.raises(TableError, match="has 0 hits of 'danger' in hits and 1 in scores; score"):
        show(hits=hits.iloc[1:])
    with pytest.raises(TableError, match="of document 'hostile' is not in paragraph 0"):
        show(paragraphs=paragraphs[paragraphs["document_id"] != "hostile"])
    with pytest.raises(TableError, match="paragraphs has no rows to explore"):
        show(paragraphs=paragraphs.iloc[:0], hits=hits.iloc[:0], scores=scores.iloc[:0])


# --- what the page itself computes -----------------------------------------------------------


def run_page(expression: str, given: Any) -> Any:
    return run_in_node(Explorer._esm, expression, given)


CHOICE = """given.choices.map((c) => barsOf(given.sent, {
    categories: new Set(c[0]), voices: new Set(c[1]), certainties: new Set(c[2])}))"""


def subsets(values: list[Any]) -> list[list[Any]]:
    sizes = range(len(values) + 1)
    return [list(some) for some in chain(*(combinations(values, n) for n in sizes))]


def test_bars_equal_what_pandas_counts_for_every_choice(
    show: Callable[..., Page],
    tables: dict[str, pd.DataFrame],
) -> None:
    page = show()
    corpus = page.send(kind="open")
    names = [category["name"] for category in corpus["categories"]]
    choices = [
        (categories, voices, certainties)
        for categories in subsets([0, 1, 2])
        for voices in subsets(corpus["voices"])
        for certainties in subsets(corpus["certainties"])
    ]
    sent = page.send(kind="document", document=0)
    drawn = run_page(CHOICE, {"sent": sent, "choices": choices})
    hits, scores = (
        table[table["document_id"] == "plain"] for table in (tables["hits"], tables["scores"])
    )
    for (categories, voices, certainties), bars in zip(choices, drawn, strict=True):
        chosen = hits[
            hits["blocked_by"].isna()
            & hits["voice"].isin(voices)
            & hits["certainty"].isin(certainties)
        ]
        counts = chosen.groupby(["paragraph", "category"]).size()
        expected = [
            (row.paragraph, row.category, n, 1000 * n / row.n_tokens)
            for row in scores.itertuples()
            if names.index(row.category) in categories
            for n in [int(counts.get((row.paragraph, row.category), 0))]
        ]
        told = [
            (sent["paragraphs"][b["paragraph"]]["number"], names[b["category"]], b["n"], b["rate"])
            for b in bars
        ]
        assert told == expected
    everything = drawn[choices.index(([0, 1, 2], corpus["voices"], corpus["certainties"]))]
    assert [bar["n"] for bar in everything] == scores["n_hits"].tolist()
    assert [bar["rate"] for bar in everything] == pytest.approx(scores["rate"].tolist())


def test_the_page_cuts_texts_with_emoji_where_python_does(
    show: Callable[..., Page],
) -> None:
    sent = show().send(kind="document", document=0)
    place = len(sent["paragraphs"]) - 1
    text = sent["paragraphs"][place]["text"]
    own = [hit for hit in sent["hits"] if hit["paragraph"] == place]
    pieces = run_page("piecesOf(given.text, given.hits)", {"text": text, "hits": own})
    assert "".join(piece["text"] for piece in pieces) == text
    assert [(p["text"], len(p["over"])) for p in pieces if p["over"]] == [
        ("Aid", 1),
        ("border ", 1),
        ("threat", 2),
    ]
    assert all(piece["text"] == text[piece["start"] : piece["end"]] for piece in pieces)
    levels = run_page("given.map((hit) => levelsOf(given).get(hit))", own)
    assert levels == [0, 0, 1]


def test_a_paragraph_without_tokens_has_no_rate() -> None:
    sent = {"hits": [], "paragraphs": [{"n_tokens": 0}]}
    drawn = run_page(CHOICE, {"sent": sent, "choices": [([0], [], [])]})
    assert drawn == [[{"paragraph": 0, "category": 0, "n": 0, "rate": None}]]


# --- without a kernel ------------------------------------------------------------------------


class Reader(HTMLParser):
    """Collect tags and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_static_view_shows_text_chart_and_hits_with_all_texts_escaped(
    show: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(page_module, "display", lambda data, **_: shown.append(data))
    widget = show(document_id="hostile").widget
    widget._ipython_display_()
    view, static = shown
    assert set(static) == {"text/html", "text/plain"}
    assert "text/html" not in view, "nbconvert shows nothing of an output with both"
    read = Reader(static["text/html"])
    tags = [tag for tag, _ in read.tags]
    assert not {"script", "b", "i"} & set(tags)
    plain = re.sub(r"\[|\]\([^)]*\)", "", read.text)
    assert "<script>alert(1)</script> and <b>threat</b>" in plain
    (picture,) = [attributes for tag, attributes in read.tags if tag == "img"]
    assert picture["src"].startswith("data:image/png;base64,")
    assert picture["alt"] == (
        "Hits by paragraph of hostile. danger: 1, most in paragraph 0; line: 0; "
        "aid: 1, most in paragraph 0"
    )
    assert tags.count("tr") == 3
    assert "http" not in static["text/html"]
    shown.clear()
    widget._ipython_display_()
    assert shown[1] == static, "the same bytes every time"


def test_vetoed_hits_stand_struck_through_and_uncounted_in_the_static_view(
    tables: dict[str, pd.DataFrame],
) -> None:
    from analysis.output.explorer.static import render_document

    html = render_document(**tables, document_id="plain")
    assert "mf-blocked" in html
    assert "<td>no threat</td>" in html
    counted = tables["hits"]
    counted = counted[(counted["document_id"] == "plain") & counted["blocked_by"].isna()]
    n_danger = int((counted["category"] == "danger").sum())
    assert f"danger: {n_danger}, most in paragraph 0" in html
    assert "No hits." in render_document(**tables, document_id="empty")


def test_the_view_remains_in_a_report(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell(
        "import analysis as fa\n"
        'paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A <b>threat</b>."], ["a"]))\n'
        'lexicon = fa.lexicon_from_dict("demo", {"danger": ["threat*"]})\n'
        "hits = fa.find_hits(paragraphs, lexicon)\n"
        "scores = fa.score_paragraphs(paragraphs, hits, lexicon)\n"
        "fa.explore(paragraphs, hits, scores, lexicon)"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    body = html[html.index("<body") :]
    assert "mf-explorer-static" in body
    assert 'alt="Hits by paragraph of a. danger: 1, most in paragraph 0"' in body
    assert "<td>threat</td>" in body
    assert "<b>threat" not in body


# --- size ------------------------------------------------------------------------------------


def test_41_documents_with_3000_hits_are_sent_one_at_a_time(
    show: Callable[..., Page], lexicon: fa.Lexicon
) -> None:
    texts = ["\n\n".join(["The threat at the border: aid came."] * 25)] * 41
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    hits = fa.find_hits(paragraphs, lexicon)
    assert len(hits) >= 3000
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    page = show(paragraphs=paragraphs, hits=hits, scores=scores)
    opened = page.send(kind="open")
    said = page.send(kind="document", document=0)
    assert len(json.dumps(opened)) < 60_000, "the corpus in brief, without its texts"
    assert len(json.dumps(said)) < 60_000, "one document is sent, not all"

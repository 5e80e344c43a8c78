"""What the page of curate is told and what it does, without a browser; the files have the say."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import comm
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import analysis as fa
from analysis.curation.lines import phrases_around
from analysis.curation.wording import effect_sentences
from analysis.errors import MediaFramingError
from analysis.widgets.page import page_source
from tests.curation.corpus import SEEDS, curated_paragraphs
from tests.widgets.in_node import run_in_node

PAGE = page_source(Path(fa.__file__).parent / "curation" / "page")
DEFINITION = "Counts: parties speak to end a conflict. Does not count: trade."


class Page:
    """The front end: it sends what it knows, and knows what it got."""

    def __init__(self, widget: Any, sent: list[dict[str, Any]]) -> None:
        self.widget, self.sent = widget, sent
        self.state: dict[str, Any] = {"stamp": "", "number": 0, "category": None}
        self.number = 0

    def send(self, kind: str, **content: Any) -> dict[str, Any]:
        self.number += 1
        known = {name: self.state[name] for name in ("stamp", "number")}
        message = {
            "kind": kind,
            "id": ["a", self.number],
            "category": self.state["category"],
            "known": known,
            **content,
        }
        data = {"method": "custom", "content": message}
        self.widget.comm.handle_msg({"content": {"data": data}, "buffers": []})
        said: dict[str, Any] = self.sent[-1]["content"]
        assert said["id"] == ["a", self.number]
        self.state.update(said.get("state", {}))
        if "stamp" in said:
            self.state["stamp"] = said["stamp"]
        return said

    def suggest(self) -> list[dict[str, Any]]:
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            said = self.send("suggest")
            if not said["making"]:
                return list(said["rows"])
            time.sleep(0.05)
        raise AssertionError("no list of suggestions was made")

    def preview(self, term: str, old: str | None = None, **fields: Any) -> dict[str, Any]:
        return self.send("preview", old=old, draft={"term": term, **fields})

    def decide(self, decision: str, term: str | None = None, **content: Any) -> dict[str, Any]:
        draft = {"draft": {"term": term, **content.pop("fields", {})}} if term else {}
        return self.send("decide", **{"decision": decision, "reason": "", **draft, **content})

    def entry(self, term: str) -> dict[str, Any]:
        return next(entry for entry in self.state["entries"] if entry["term"] == term)


@pytest.fixture(scope="module")
def paragraphs() -> pd.DataFrame:
    return curated_paragraphs()


@pytest.fixture(scope="module")
def lexicon() -> fa.Lexicon:
    return fa.lexicon_from_dict("diplomacy", {"diplomacy": SEEDS})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own" / "diplomacy.yml"


@pytest.fixture
def show(
    monkeypatch: pytest.MonkeyPatch, lexicon: fa.Lexicon, paragraphs: pd.DataFrame, path: Path
) -> Callable[..., Page]:
    """Show the widget to a page that is no browser."""
    sent: list[dict[str, Any]] = []

    class Comm(comm.base_comm.BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, **_: Any) -> None:
            if msg_type == "comm_msg" and data.get("method") == "custom":
                # As the network takes it: what JSON does not know fails here.
                sent.append(json.loads(json.dumps(data, allow_nan=False)))

    monkeypatch.setattr(comm, "create_comm", Comm)

    def shown(**changes: Any) -> Page:
        options = {"lexicon": lexicon, "paragraphs": paragraphs, "path": path, **changes}
        page = Page(fa.curate(options.pop("lexicon"), options.pop("paragraphs"), **options), sent)
        page.send("open")
        return page

    return shown


def in_file(path: Path) -> dict[str, dict[str, Any]]:
    """Read the entries of the lexicon in the file, by their terms."""
    rows = fa.load_lexicon(path).entries.to_dict("records")
    return {row["term"]: {str(name): row[name] for name in row} for row in rows}


def test_the_page_opens_with_the_seeds_and_writes_nothing(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    state = page.state
    assert state["counters"] == "3 entries · 150 hits in 60 of 60 documents · version 0"
    assert [entry["term"] for entry in state["entries"]] == SEEDS
    assert [entry["n_hits"] for entry in state["entries"]] == [90, 30, 30]
    assert (state["definition"], state["decisions"], state["undo"]) == ("", [], None)
    assert state["file"] == str(path)
    assert not path.exists()
    assert repr(page.widget).startswith("diplomacy: 3 entries, 0 decisions so far.")


def test_candidates_come_with_their_signs_and_what_they_add(show: Callable[..., Page]) -> None:
    page = show()
    rows = {row["term"]: row for row in page.suggest()}
    assert rows["truce"]["n_documents"] == 30
    assert rows["truce"]["new_hits"] == 60
    assert set(rows["truce"]) == {
        *("term", "n_documents", "new_hits"),
        *("z", "similarity", "n_shared_contexts", "share_capitalised"),
    }
    assert not set(rows) & set(SEEDS)
    page.decide("reject", "truce")
    assert "truce" not in {row["term"] for row in page.suggest()}


def test_a_draft_shows_what_it_would_add_before_it_is_decided(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.suggest()
    said = page.preview("envoy*")
    assert said["sentences"][0] == (
        "Adds 60 hits in 60 paragraphs of 30 documents; the share of paragraphs with diplomacy "
        "stays at 80.0 %."
    )
    assert said["sentences"][1] == "Words found: envoy 45, envoys 15."
    assert said["sentences"][2] == (
        "None of them is a hit of security, sovereignty or welfare as well."
    )
    assert said["sentences"][3].startswith("The order of the 3 outlets")
    assert len(said["lines"]) == 10
    assert said["n_lines"] == 60
    assert said["lines"] == page.preview("envoy*")["lines"], "the draw has a seed"
    more = page.send("more", old=None, draft={"term": "envoy*"}, offset=10)["lines"]
    assert not any(line in said["lines"] for line in more)
    assert said["lint"] == []
    assert not path.exists()


def test_a_draft_that_is_no_term_or_does_nothing_is_called_so(show: Callable[..., Page]) -> None:
    page = show()
    page.suggest()
    assert "no letter or digit" in page.preview("…")["error"]
    assert page.preview("glacier")["sentences"] == ["It does not occur in these texts."]
    (said,) = page.preview("peace talks", case="sensitive")["sentences"]
    assert said == "It does not occur in these texts."
    assert any("talk*" in text for text in page.preview("talk*")["lint"])
    assert "already" in page.preview("talks")["error"]
    near = page.preview("barley", near={"terms": ["rain"], "within": "many"})
    assert "within" in near["error"]


def test_a_decision_is_in_both_files_before_the_page_is_told(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    said = page.decide("accept", "envoy*", reason="They speak for states.")
    assert said["kind"] == "saved"
    assert in_file(path)["envoy*"]["note"] == "They speak for states."
    (row,) = fa.read_decisions(path).to_dict("records")
    assert (row["term"], row["decision"], row["reason"]) == (
        *("envoy*", "accept"),
        "They speak for states.",
    )
    assert (row["hits_gained"], row["n_hits"], row["n_documents"]) == (60, 210, 60)
    assert page.state["undo"] == {"number": 1, "what": "accept envoy*"}
    assert page.state["counters"].startswith("4 entries · 210 hits in 60 of 60")
    assert page.state["counters"].endswith("version 0.1")


def test_every_kind_of_decision_is_made_and_taken_back(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.decide("define", definition=DEFINITION)
    page.decide("reject", "barley", reason="no diplomacy")
    talks = page.entry("talks")
    narrow = {"unless": ["sales talks"]}
    preview = page.preview("talks", talks["line"], **narrow)
    assert preview["sentences"][0].startswith("Takes away 30 hits in 30 paragraphs of 30 documents")
    assert len(preview["lost"]) == 10
    line = page.decide("change", "talks", old=talks["line"], fields=narrow)["line"]
    page.decide("change", "talks", old=line, fields={**narrow, "kind": "event", "note": "of peace"})
    page.decide("drop", old=page.entry("settlement")["line"])
    decisions = fa.read_decisions(path)
    kinds = ["define", "reject", "exclude", "change", "drop"]
    assert decisions["decision"].tolist() == kinds
    assert decisions["hits_lost"].tolist() == [0, 0, 30, 0, 30]
    assert page.state["rejected"] == ["barley"]
    assert in_file(path)["talks"]["unless"] == "sales talks"

    for number in (5, 4, 3, 2, 1):
        assert page.state["undo"]["number"] == number
        page.send("undo", number=number)
    assert page.state["undo"] is None
    assert page.state["rejected"] == []
    assert page.state["definition"] == ""
    assert in_file(path)["talks"]["unless"] == ""
    assert set(in_file(path)) == set(SEEDS)
    assert page.state["taken_back"] == {"5": 6, "4": 7, "3": 8, "2": 9, "1": 10}


def test_what_cannot_be_decided_is_refused_with_a_reason_and_changes_no_file(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.decide("accept", "envoy*")
    before = path.read_bytes()
    for said in (
        page.decide("accept", "envoy*"),
        page.decide("accept", "…"),
        page.decide("drop", old="{term: gone}"),
        page.send("undo", number=7),
    ):
        assert said["kind"] == "refused"
        assert said["error"]
    assert path.read_bytes() == before
    path.with_name("decisions.csv").write_text("spoiled", encoding="utf-8")
    said = page.decide("accept", "truce")
    assert said["kind"] == "failed"
    assert "decisions.csv" in said["error"]


def test_two_pages_on_one_file_lose_nothing_of_each_other(
    show: Callable[..., Page], path: Path
) -> None:
    one, two = show(), show()
    one.decide("accept", "envoy*")
    said = two.decide("accept", "truce")
    assert [row["term"] for row in said["state"]["decisions"]] == ["envoy*", "truce"]
    assert set(in_file(path)) == {*SEEDS, "envoy*", "truce"}
    # The first hears of it with its next answer, and of nothing twice.
    said = one.preview("mediator*")
    assert [row["number"] for row in said["state"]["decisions"]] == [2]
    assert "state" not in one.preview("mediator*")
    one.decide("drop", old="{term: truce}")
    assert (
        two.decide("change", "truce", old="{term: truce}", fields={"kind": "event"})["kind"]
        == "refused"
    )


def test_each_category_has_its_own_entries_candidates_and_figures(
    show: Callable[..., Page],
) -> None:
    two = fa.lexicon_from_dict("two", {"diplomacy": SEEDS, "farming": ["barley"]})
    page = show(lexicon=two)
    assert page.state["categories"] == ["diplomacy", "farming"]
    page.state["category"] = "farming"
    page.send("open")
    assert page.state["counters"].startswith("1 entry · 30 hits in 30 of 60 documents")
    assert "rain" in {row["term"] for row in page.suggest()}
    # The other category is another frame as well.
    assert page.preview("talks")["sentences"][1] == (
        "Hits of other frames as well: 90 of diplomacy, 30 of security."
    )
    page.decide("accept", "farmer*")
    assert page.widget.decisions["category"].tolist() == ["farming"]
    assert "no entry" in page.decide("drop", old="{term: talks}")["error"]


def test_a_longer_term_is_said_to_take_hits_over(show: Callable[..., Page]) -> None:
    sentences = show().preview("peace talks")["sentences"]
    assert sentences[:2] == [
        "It adds nothing and takes nothing away.",
        "It takes over 30 hits from other entries.",
    ]


def test_the_curation_goes_on_from_its_file(show: Callable[..., Page]) -> None:
    show().decide("accept", "envoy*")
    page = show()
    assert page.state["counters"].endswith("version 0.1")
    assert [row["number"] for row in page.state["decisions"]] == [1]
    assert page.widget.lexicon.version == "0.1"
    assert page.widget.decisions["term"].tolist() == ["envoy*"]


def test_judged_hits_become_precision_and_codes_that_validation_reads(
    show: Callable[..., Page], paragraphs: pd.DataFrame, path: Path
) -> None:
    page = show(coder="Ana")
    said = page.send("judge", entry="talks")
    hits = said["hits"]
    assert len(hits) == 20
    assert len({(hit["document_id"], hit["paragraph"]) for hit in hits}) == 20
    places = ("document_id", "paragraph", "start", "end")
    for hit in hits:
        text = "".join(hit["sentence"])
        assert hit["sentence"][1].lower() == "talks"
        whole = hit["around"][0] + text + hit["around"][1]
        own = paragraphs["document_id"].eq(hit["document_id"])
        assert whole in paragraphs.loc[own, "text"].tolist()
        code = "0" if "Sales" in text else "1"
        place = {name: hit[name] for name in places}
        said = page.send("judged", entry="talks", code=code, **place)
        assert (said["kind"], "state" in said) == ("saved", False)
    n_true = sum("Sales" not in "".join(hit["sentence"]) for hit in hits)
    assert said["said"].startswith(f"{n_true} of 20 right, ")
    judgements = fa.read_judgements(path)
    assert judgements["code"].tolist().count("1") == n_true
    assert set(judgements["coder"]) == {"Ana"}
    again = page.send("judge", entry="talks")["hits"]
    assert not {tuple(hit[name] for name in places) for hit in again} & {
        tuple(hit[name] for name in places) for hit in hits
    }
    own = page.widget.lexicon
    found = fa.find_hits(paragraphs, own)
    scores = fa.score_paragraphs(paragraphs, found, own)
    codes = page.widget.codes
    measures = fa.validate_lexicon(found, scores, codes, n_resamples=99)["measures"]
    assert measures.set_index("measure")["value"]["precision"] == pytest.approx(
        codes["code"].eq("1").mean()
    )


def test_codes_tell_precision_and_recall_of_the_whole_and_of_the_entry(
    show: Callable[..., Page], paragraphs: pd.DataFrame
) -> None:
    coded = paragraphs[["document_id", "paragraph"]].assign(
        category="diplomacy",
        coder="Ben",
        code=["0" if "Rain" in text or "choir" in text else "1" for text in paragraphs["text"]],
    )
    page = show(codes=coded)
    narrow = {"unless": ["sales talks"]}
    sentences = page.preview("talks", page.entry("talks")["line"], **narrow)["sentences"]
    # 30 of the 120 paragraphs with a hit are about a fair; all 90 about diplomacy are found.
    assert "On 150 coded paragraphs: precision .75 → 1.00" in " ".join(sentences)
    assert "recall 1.00 → 1.00" in " ".join(sentences)
    assert sentences[-1].startswith("Of the 60 coded paragraphs with this entry, 60 are coded")


def test_sentences_say_what_overlaps_and_who_changes_places() -> None:
    effects = pd.DataFrame(
        {
            "hits_gained": [3],
            "share_paragraphs_before": [0.121],
            "share_paragraphs_after": [0.14],
            "rank_correlation": [0.333],
            "n_coded": [0],
        }
    )
    gained = pd.DataFrame(
        {
            "document_id": ["a", "a", "b"],
            "paragraph": [0, 0, 1],
            "start": [0, 20, 0],
            "end": [5, 25, 6],
            "surface": ["Envoy", "envoy", "envoys"],
        }
    )
    overlaps = pd.DataFrame(
        {
            "other_category": ["security", "welfare"],
            "n_overlapping_before": [4, 1],
            "n_overlapping_after": [6, 1],
        }
    )
    ranks = pd.DataFrame(
        {"group": ["Herald", "Post"], "rank_before": [1, 2], "rank_after": [2, 1]}
    ).astype({"rank_before": "Int64", "rank_after": "Int64"})
    tables = {
        "effects": effects,
        "gained": gained,
        "lost": gained.iloc[:0],
        "overlaps": overlaps,
        "ranks": ranks,
    }
    assert effect_sentences(tables, category="diplomacy", by="outlet") == [
        "Adds 3 hits in 2 paragraphs of 2 documents; the share of paragraphs with diplomacy goes "
        "from 12.1 % to 14.0 %.",
        "Words found: envoy 2, envoys 1.",
        "Hits of other frames as well: 2 of security.",
        "The order of the 2 outlets changes: Post from place 2 to 1, Herald from place 1 to 2 "
        "(tau 0.33).",
    ]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "The peace talks on trade.",
            "talks",
            ["peace talks", "talks on", "peace talks on", "the peace talks", "talks on trade"],
        ),
        ("He left. Talks ended, they said.", "Talks", ["talks ended"]),
        ("Talks.", "Talks", []),
    ],
)
def test_phrases_around_a_hit_are_ones_that_can_exclude_it(
    text: str, word: str, expected: list[str]
) -> None:
    start = text.index(word)
    phrases = phrases_around(text, start, start + len(word))
    assert phrases == expected
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    for phrase in phrases:
        terms = {"terms": [{"term": word.lower(), "unless": [phrase]}]}
        hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("own", {"own": terms}))
        assert hits["blocked_by"].tolist() == [phrase]


def test_the_page_lists_by_signs_and_puts_what_was_skipped_last() -> None:
    rows = [
        {"term": "truce", "z": 1.0, "share_capitalised": 0.1},
        {"term": "Sudmark", "z": 3.0, "share_capitalised": 1.0},
        {"term": "envoy*", "z": 2.0, "share_capitalised": None},
    ]
    asked = """{
      signs: ["all", "z"].map(
        (sign) => ordered(given, sign, new Set(["truce"])).map((r) => r.term)),
      found: matching(given, " ENV ").map((row) => row.term),
      names: given.filter(isName).map((row) => row.term),
      first: withFirst(given, given[2]).map((row) => row.term),
      beside: ["a", "b", "z"].map((key) => keyBeside([{key: "a"}, {key: "b"}], key)),
      listed: listed("peace,  truce; ceasefire*\\n,"),
      near: [
        nearness(["a"], "5", true, "before"),
        nearness(["a"], "", false, ""),
        nearness([], "5", false, "")],
      filled: filled({term: "a", note: "", unless: [], near: null, kind: "event"}),
    }"""
    assert run_in_node(PAGE, asked, rows) == {
        "signs": [["Sudmark", "envoy*", "truce"], ["Sudmark", "envoy*", "truce"]],
        "found": ["envoy*"],
        "names": ["Sudmark"],
        "first": ["envoy*", "truce", "Sudmark"],
        "beside": ["b", "a", "a"],
        "listed": ["peace", "truce", "ceasefire*"],
        "near": [
            {"terms": ["a"], "within": [5, "sentence"], "side": "before"},
            {"terms": ["a"], "within": "sentence"},
            None,
        ],
        "filled": {"term": "a", "kind": "event"},
    }


def test_a_report_shows_definition_entries_and_the_last_decisions(
    paragraphs: pd.DataFrame, tmp_path: Path
) -> None:
    paragraphs.to_parquet(tmp_path / "paragraphs.parquet")
    cells = [
        "import pandas as pd\nimport analysis as fa\n"
        f"lexicon = fa.lexicon_from_dict('diplomacy', {{'diplomacy': {SEEDS}}})\n"
        "paragraphs = pd.read_parquet('paragraphs.parquet')",
        "fa.curate(lexicon, paragraphs, path='own/diplomacy.yml')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(own) for own in cells])
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert "No definition is written yet." in html
    assert "<td>90</td><td>60</td>" in html
    assert "To curate it, run this cell in JupyterLab." in html
    assert "paragraphs.parquet" not in str(notebook.metadata)


def test_the_static_view_escapes_what_was_written(show: Callable[..., Page]) -> None:
    page = show()
    page.decide("define", definition="<script>alert(1)</script>")
    page.decide("accept", "envoy*", reason="<b>so</b>")
    page.decide("reject", "barley")
    html = show().widget._static_html()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;so&lt;/b&gt;" in html
    assert html.index("reject") < html.index("accept"), "the newest first"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lexicon": "diplomacy"}, "a Lexicon was expected"),
        ({"path": "own/diplomacy.csv"}, "does not end in .yml"),
        ({"path": 3}, "path must be a path"),
        ({"coder": " Ana"}, "coder must be a name"),
        ({"seed": "one"}, "seed"),
        ({"by": "paper"}, "'paper'"),
        ({"others": ["framing"]}, "others must be"),
        ({"paragraphs": [1]}, "paragraphs"),
        ({"codes": [1]}, "codes"),
    ],
)
def test_what_curate_cannot_use_is_refused_in_a_sentence(
    lexicon: fa.Lexicon,
    paragraphs: pd.DataFrame,
    path: Path,
    changes: dict[str, Any],
    said: str,
) -> None:
    given = {"lexicon": lexicon, "paragraphs": paragraphs, "path": path, **changes}
    with pytest.raises(MediaFramingError, match=said):
        fa.curate(given.pop("lexicon"), given.pop("paragraphs"), **given)


def test_empty_texts_and_codes_of_other_categories_are_refused(
    lexicon: fa.Lexicon, paragraphs: pd.DataFrame, path: Path
) -> None:
    with pytest.raises(MediaFramingError, match="no text"):
        fa.curate(lexicon, paragraphs.iloc[:0], path=path)
    codes = paragraphs[["document_id", "paragraph"]].assign(category="aid", coder="a", code="1")
    with pytest.raises(MediaFramingError, match="'aid' was coded"):
        fa.curate(lexicon, paragraphs, codes=codes, path=path)
    with pytest.raises(MediaFramingError, match="leave it out"):
        fa.curate(lexicon, paragraphs, others=lexicon, path=path)
    fa.curate(lexicon, paragraphs, path=path)._answer(
        {
            "kind": "decide",
            "decision": "accept",
            "draft": {"term": "truce"},
            "reason": "",
            "category": None,
            "known": {"stamp": "", "number": 0},
        }
    )
    other = fa.lexicon_from_dict("aid", {"aid": ["help"]})
    with pytest.raises(MediaFramingError, match="aid"):
        fa.curate(other, paragraphs, path=path)

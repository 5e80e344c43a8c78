"""Pages share their parts: what they send is kept until Python has saved it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis.errors import TableError
from analysis.output.explorer.widget import Explorer
from analysis.validation.widget.widget import CodingWidget
from analysis.widgets import page as page_module
from analysis.widgets.page import Page, page_source, page_styles
from tests.widgets.in_node import run_in_node

PARTS = Path(page_module.__file__).with_name("parts.js").read_text(encoding="utf-8")
PAGES = sorted(Path(analysis.__file__).parent.rglob("widget.js"))
SILENT = "Python does not answer. "
# A model without Python, a clock that is moved by hand, and elements that nobody sees.
ALONE = """
const told = [], sent = [], heard = [];
let hear, due = null, gone = false;
globalThis.setTimeout = (ring) => { due = ring; return 1; };
globalThis.clearTimeout = () => { due = null; };
globalThis.window = { addEventListener() {} };
globalThis.document = {
  createElement: () => ({ textContent: "", hidden: null, setAttribute() {}, append() {} }),
};
const model = {
  send(message) { if (gone) throw Error("closed"); sent.push(message); },
  on: (_, listener) => { hear = listener; },
  off() {},
};
const python = connect(model, {
  tell: (message, failed = false) => told.push((failed ? "! " : "") + message),
  receive: (message, own) => heard.push([message.kind, own && own.kind]),
  file: () => "a.csv",
});
const reply = (place, kind = "saved", error = "") => hear({ kind, error, id: sent[place].id });
const state = () => ({
  told: told.at(-1), n: sent.length, pending: [...python.pending.keys()], due: due !== null, heard,
  again: !python.againButton.hidden,
});
"""


def after(steps: str) -> dict[str, Any]:
    """Return what a page has told, sent and kept after some steps."""
    return dict(run_in_node(PARTS, "state()", before=ALONE + steps))


def test_a_change_is_pending_until_python_has_saved_it() -> None:
    send = "python.send('x', {kind: 'code'});"
    begun = after(send)
    assert (begun["told"], begun["n"], begun["pending"]) == ("Saving …", 1, ["x"])
    saved = after(f"{send} reply(0);")
    assert re.match(r"Saved to a\.csv at \d", saved["told"])
    assert saved["pending"] == []
    assert saved["heard"] == [["saved", "code"]]
    assert not saved["due"]


def test_a_reply_to_what_a_later_change_has_overtaken_saves_nothing() -> None:
    twice = "python.send('x', {code: 1}); python.send('x', {code: 2});"
    for kind in ("saved", "failed"):
        overtaken = after(f"{twice} reply(0, '{kind}');")
        assert (overtaken["told"], overtaken["pending"]) == ("Saving …", ["x"])
        assert overtaken["due"], "the later one has no reply yet"
    assert after(f"{twice} reply(0); reply(1);")["pending"] == []


def test_what_failed_is_kept_and_sent_once_more_when_writing_works_again() -> None:
    failed = "python.send('x', {}); reply(0, 'failed', 'the disk is full');"
    kept = after(failed)
    assert (kept["told"], kept["pending"]) == ("! Not saved: the disk is full", ["x"])
    assert kept["again"]
    later = after(f"{failed} python.send('y', {{}}); reply(1);")
    assert (later["n"], later["pending"], later["told"]) == (3, ["x"], "Saving …")
    assert not later["again"]
    assert after(f"{failed} python.again(); reply(1);")["pending"] == []


def test_silence_is_told_until_python_answers() -> None:
    silent = after("python.send('x', {}); due();")
    assert silent["told"].startswith(f"! Not saved: {SILENT}")
    assert silent["again"]
    assert after("python.send('x', {}); due(); reply(0);")["told"].startswith("Saved to")
    asked = after("python.post({kind: 'open'}); due();")
    assert asked["told"].startswith(f"! {SILENT}")
    assert not asked["again"], "nothing waits to be saved"
    answered = after("python.post({kind: 'open'}); due(); reply(0, 'list');")
    assert (answered["told"], answered["heard"]) == ("", [["list", "open"]])


def test_the_clock_runs_from_the_oldest_message_without_a_reply() -> None:
    assert after("python.post({}); python.post({}); reply(0, 'list');")["due"]
    assert not after("python.post({}); python.post({}); reply(0, 'a'); reply(1, 'b');")["due"]


def test_what_a_kernel_that_is_gone_did_not_take_is_kept_for_the_next_try() -> None:
    lost = "gone = true; python.send('x', {}); gone = false;"
    told = after(lost)
    assert told["told"].startswith(f"! Not saved: {SILENT}")
    assert (told["n"], told["pending"]) == (0, ["x"])
    assert after(f"{lost} python.again(); reply(0);")["pending"] == []


def test_a_change_that_is_still_typed_is_pending_and_not_sent() -> None:
    typed = after("python.hold('note', {});")
    assert (typed["told"], typed["n"], typed["pending"]) == ("Saving …", 0, ["note"])
    # The reply to what was sent before does not make the rest saved.
    assert after("python.send('note', {}); python.hold('note', {}); reply(0);")["pending"] == [
        "note"
    ]


def test_of_another_view_only_what_it_saved_is_heard() -> None:
    others = [f"hear({{kind: '{kind}', id: ['b', 1]}});" for kind in ("list", "failed", "saved")]
    assert after(f"python.send('x', {{}}); {' '.join(others)}")["heard"] == [["saved", None]]


def test_invisible_characters_are_written_out() -> None:
    read = "visible(given).map((piece) => piece.textContent ?? piece)"
    told = run_in_node(PARTS, read, "a\u200bb\U000e0041", before=ALONE)
    assert told == ["a", "[U+200B]", "b", "[U+E0041]", ""]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_no_page_defines_again_what_all_share(path: Path) -> None:
    shared = set(re.findall(r"^(?:function|const) (\w+)", PARTS, re.MULTILINE))
    assert {"make", "connect", "statusLine", "arrows"} <= shared
    page = path.read_text(encoding="utf-8")
    own = set(re.findall(r"\b(?:function|const|let) (\w+)", page))
    assert own & shared == set()
    assert "make(" in page
    assert not re.search(r"createElement|innerHTML|model\.(?:send|on)\(", page)


def test_a_page_is_the_shared_parts_and_its_own_file(tmp_path: Path) -> None:
    assert len(PAGES) >= 2
    (tmp_path / "widget.js").write_text("// own script", encoding="utf-8")
    (tmp_path / "widget.css").write_text(".own {}", encoding="utf-8")
    assert page_source(tmp_path) == f"{PARTS}\n// own script"
    assert page_styles(tmp_path).endswith("\n.own {}")
    for widget in (CodingWidget, Explorer):
        # Text, and no file that anywidget would watch.
        assert isinstance(widget._esm, str)
        assert widget._css.startswith(page_styles(tmp_path).removesuffix(".own {}"))


def test_an_error_is_told_under_the_number_of_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(Page):
        def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
            raise TableError(f"{message['kind']} is refused")

    told: list[dict[str, Any]] = []
    refusing = Refusing()
    monkeypatch.setattr(refusing, "send", told.append)
    refusing._reply(None, {"kind": "code", "id": ["a", 7]}, None)
    assert told == [{"kind": "failed", "error": "code is refused", "id": ["a", 7]}]


def test_a_mistake_of_ours_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mistaken(Page):
        def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
            return {"kind": message["nothing of that name"]}

    told: list[dict[str, Any]] = []
    mistaken = Mistaken()
    monkeypatch.setattr(mistaken, "send", told.append)
    mistaken._reply(None, {"kind": "code", "id": ["a", 7]}, None)
    [reply] = told
    assert reply["kind"] == "failed"
    assert "an error of media-framing, not of yours" in reply["error"]

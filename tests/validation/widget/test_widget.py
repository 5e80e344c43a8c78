"""Answers given in the widget reach the file whole, and only the file they belong to."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import comm
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

import analysis as fa
from analysis.errors import TableError
from analysis.output.notebooks import run_notebooks
from analysis.validation.widget.files import read_answers
from analysis.validation.widget.keys import keys_for

SHEET = pd.DataFrame(
    {
        "document_id": ["b", "a", "a"],
        "paragraph": [3, 0, 7],
        "text": ["Troops cross the border.", 'She said "no", twice.', "Aid,\nin two lines."],
        "rate": [12.5, 0.0, 1.0],
    }
)
CODEBOOK = pd.DataFrame(
    [
        ("security", "Threats & defence.", "1", "present"),
        ("security", "Threats & defence.", "0", "absent"),
        ("tone", "Whose side?", "pro", "for it"),
        ("tone", "Whose side?", "-1", "against it"),
        ("tone", "Whose side?", "NA", "none taken"),
    ],
    columns=["category", "definition", "code", "meaning"],
)


class Page:
    """The front end: what it sends goes in as from the network, what it gets is kept."""

    def __init__(self, widget: Any, sent: list[dict[str, Any]]) -> None:
        self.widget, self.sent, self.number = widget, sent, 0

    def send(self, **content: Any) -> dict[str, Any]:
        data = {"method": "custom", "content": content}
        self.widget.comm.handle_msg({"content": {"data": data}, "buffers": []})
        return self.sent[-1]["content"]

    def choose(self, row: int, category: str, code: str | None) -> dict[str, Any]:
        self.number += 1
        return self.send(kind="code", id=["a", self.number], row=row, category=category, code=code)

    def write_note(self, row: int, note: str) -> dict[str, Any]:
        self.number += 1
        return self.send(kind="note", id=["a", self.number], row=row, note=note)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "codes of anna.csv"


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, path: Path) -> Callable[..., Page]:
    """Show the widget to a page that is no browser."""
    sent: list[dict[str, Any]] = []

    class Comm(comm.base_comm.BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, **_: Any) -> None:
            if msg_type == "comm_msg" and data.get("method") == "custom":
                sent.append(data)

    monkeypatch.setattr(comm, "create_comm", Comm)

    def shown(**changes: Any) -> Page:
        options = {"sheet": SHEET, "codebook": CODEBOOK, "coder": "anna", "path": path, **changes}
        widget = fa.code_paragraphs(options.pop("sheet"), options.pop("codebook"), **options)
        return Page(widget, sent)

    return shown


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def test_the_page_gets_texts_and_codebook_and_nothing_of_the_machines_opinion(
    show: Callable[..., Page],
) -> None:
    said = show().send(kind="open")
    assert said["texts"] == SHEET["text"].tolist()
    assert [category["name"] for category in said["categories"]] == ["security", "tone"]
    assert said["categories"][0]["definition"] == "Threats & defence."
    assert [code["key"] for code in said["categories"][0]["codes"]] == ["1", "0"]
    assert [code["key"] for code in said["categories"][1]["codes"]] == ["1", "2", "3"]
    assert set(said) == {"kind", "id", "coder", "file", "texts", "categories", "answers"}
    assert said["answers"] == {}


def test_an_answer_is_in_the_file_before_the_page_is_told(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    assert not path.exists()
    said = page.choose(1, "tone", "-1")
    assert said == {"kind": "saved", "id": ["a", 1], "row": 1, "codes": {"tone": "-1"}, "note": ""}
    written = read(path)
    assert list(written.columns) == [
        *("document_id", "paragraph", "category", "coder", "code"),
        *("note", "time", "text_hash"),
    ]
    assert written.iloc[:, :5].values.tolist() == [
        ["a", "0", "security", "anna", ""],
        ["a", "0", "tone", "anna", "-1"],
    ]
    assert written["time"].str.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?").all()


def test_rows_stand_in_the_order_of_sheet_and_codebook_whatever_was_coded_first(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    for row, category, code in [(2, "tone", "NA"), (0, "tone", "pro"), (2, "security", "0")]:
        page.choose(row, category, code)
    assert read(path)[["document_id", "category", "code"]].values.tolist() == [
        ["b", "security", ""],
        ["b", "tone", "pro"],
        ["a", "security", "0"],
        ["a", "tone", "NA"],
    ]


def test_coding_goes_on_where_it_stopped(show: Callable[..., Page], path: Path) -> None:
    page = show()
    page.choose(0, "security", "1")
    page.choose(0, "tone", "NA")
    page.write_note(1, "  =2+2, or\n so ")
    later = show()
    assert later.send(kind="open")["answers"] == {
        "0": {"codes": {"security": "1", "tone": "NA"}, "note": ""},
        "1": {"codes": {}, "note": "=2+2, or so"},
    }
    assert repr(later.widget).startswith("anna has coded 1 of 3 paragraphs.")
    before = path.read_bytes()
    later.write_note(1, "=2+2, or so")
    assert path.read_bytes() == before


def test_codes_are_a_table_in_which_what_is_not_answered_is_null(
    show: Callable[..., Page],
) -> None:
    page = show()
    page.choose(0, "tone", "NA")
    codes = page.widget.codes
    assert list(codes.columns) == ["document_id", "paragraph", "category", "coder", "code"]
    assert codes["paragraph"].dtype == "int64"
    assert codes["code"].isna().tolist() == [True, False]
    assert codes["code"].iloc[1] == "NA"


def test_an_answer_can_be_changed_and_taken_back(show: Callable[..., Page], path: Path) -> None:
    page = show()
    page.choose(0, "security", "1")
    assert page.choose(0, "security", "0")["codes"] == {"security": "0"}
    assert page.choose(0, "security", None)["codes"] == {}
    assert read(path)[["code", "time"]].eq("").all(axis=None)


def test_a_note_stands_on_every_row_of_its_paragraph_and_runs_no_formula(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    assert page.write_note(0, "=HYPERLINK(1)")["note"] == "=HYPERLINK(1)"
    assert read(path)["note"].tolist() == ["'=HYPERLINK(1)"] * 2
    assert page.choose(0, "security", "1")["note"] == "=HYPERLINK(1)"
    assert page.write_note(0, "")["note"] == ""
    assert read(path)["note"].tolist() == ["", ""]
    assert read(path)["code"].tolist() == ["1", "pro"]


def test_ids_and_names_with_commas_quotes_and_line_ends_are_read_back_as_they_were(
    show: Callable[..., Page],
) -> None:
    sheet = SHEET.assign(document_id=["001", 'a, "b"\nc', "NA"])
    show(sheet=sheet, coder='Ann "A", Ö').choose(1, "tone", "pro")
    page = show(sheet=sheet, coder='Ann "A", Ö')
    page.choose(2, "tone", "pro")
    page.choose(0, "tone", "pro")
    assert page.send(kind="open")["answers"].keys() == {"0", "1", "2"}
    assert page.widget.codes["document_id"].unique().tolist() == ["001", 'a, "b"\nc', "NA"]


def test_two_notebooks_on_one_file_lose_no_answer_of_each_other(
    show: Callable[..., Page], path: Path
) -> None:
    one, two = show(), show()
    one.choose(0, "tone", "pro")
    two.choose(1, "tone", "-1")
    one.choose(2, "tone", "NA")
    assert [code for code in read(path)["code"] if code] == ["pro", "-1", "NA"]


def test_an_answer_that_a_later_one_has_overtaken_changes_nothing(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    for number, code in [(2, "-1"), (1, "pro"), (3, "NA"), (2, "-1")]:
        said = page.send(kind="code", id=["a", number], row=0, category="tone", code=code)
    assert said["codes"] == {"tone": "NA"}
    assert read(path)["code"].tolist() == ["", "NA"]
    page.send(kind="code", id=["another page", 1], row=0, category="tone", code="pro")
    assert read(path)["code"].tolist() == ["", "pro"]


def test_answers_that_come_by_several_threads_are_all_in_the_file(
    show: Callable[..., Page], path: Path
) -> None:
    sheet = pd.concat([SHEET.assign(document_id=str(n)) for n in range(8)], ignore_index=True)
    page = show(sheet=sheet)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: page.choose(row, "tone", "pro"), range(len(sheet))))
    assert read(path)["code"].eq("pro").sum() == len(sheet)
    assert {reply["content"]["kind"] for reply in page.sent} == {"saved"}


def test_a_file_that_was_removed_meanwhile_is_written_anew_with_all_answers(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    path.unlink()
    page.choose(1, "tone", "-1")
    assert [code for code in read(path)["code"] if code] == ["pro", "-1"]


def test_an_answer_that_cannot_be_written_is_told_and_changes_nothing(
    show: Callable[..., Page], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        said = page.choose(0, "tone", "-1")
    assert said["kind"] == "failed"
    assert said["id"] == ["a", 2]
    assert said["error"].startswith(f"{str(path)!r} cannot be written: No space left on device")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert page.widget.codes["code"].dropna().tolist() == ["pro"]
    assert page.choose(0, "tone", "-1")["kind"] == "saved"


def test_the_file_is_on_the_disk_before_it_takes_the_name(
    show: Callable[..., Page], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(handle: int) -> None:
        steps.append(f"sync, {len(read(path)['code'].loc[lambda codes: codes != ''])} in file")
        sync(handle)

    def note_replace(part: Path, target: Path) -> Path:
        steps.append(f"rename, {len(read(part)['code'].loc[lambda codes: codes != ''])} in part")
        return replace(part, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_replace)
    page.choose(1, "tone", "pro")
    assert steps[:2] == ["sync, 1 in file", "rename, 2 in part"]


def test_an_answer_that_the_codebook_does_not_have_is_refused(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    for row, category, code in [(0, "tone", "7"), (0, "welfare", "1"), (3, "tone", "pro")]:
        said = page.choose(row, category, code)
        assert said["kind"] == "failed"
        assert said["error"].endswith("run the cell again")
    assert not path.exists()


def coded(show: Callable[..., Page]) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    page.choose(1, "security", "0")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"coder": "ben"}, "line 2 of 'codes of anna.csv' belongs to coder 'anna', not to 'ben'; "),
        (
            {"sheet": SHEET.assign(text=["Troops crossed.", *SHEET["text"][1:]])},
            "the text of paragraph 3 of document 'b' is not the one that line 2 of ",
        ),
        (
            {"sheet": SHEET.drop(index=1)},
            "line 4 of 'codes of anna.csv' codes paragraph 0 of document 'a', which the sheet ",
        ),
        (
            {"codebook": CODEBOOK[CODEBOOK["category"] == "tone"]},
            "line 2 of 'codes of anna.csv' has 'security', which the codebook does not; ",
        ),
        (
            {"codebook": CODEBOOK[CODEBOOK["code"] != "pro"]},
            "line 3 of 'codes of anna.csv' has code 'pro' of category 'tone', which the codebook",
        ),
    ],
)
def test_a_file_of_another_coder_sheet_or_codebook_is_refused_with_its_line(
    show: Callable[..., Page], path: Path, changes: dict[str, Any], reason: str
) -> None:
    coded(show)
    before = path.read_bytes()
    with pytest.raises(TableError) as refusal:
        show(**changes)
    assert str(refusal.value).startswith(reason)
    assert path.read_bytes() == before


def test_a_sheet_and_a_codebook_may_grow(show: Callable[..., Page], path: Path) -> None:
    coded(show)
    more = pd.DataFrame(
        [("welfare", "Aid.", "1", "present")], columns=list(CODEBOOK.columns), dtype="str"
    )
    sheet = pd.concat([SHEET.assign(document_id="new"), SHEET], ignore_index=True)
    page = show(sheet=sheet, codebook=pd.concat([CODEBOOK, more], ignore_index=True))
    assert page.send(kind="open")["answers"].keys() == {"3", "4"}
    page.choose(3, "welfare", "1")
    assert read(path)["category"].tolist() == [
        *("security", "tone", "welfare"),
        *("security", "tone"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "lacks 'document_id'"),
        (b"\xff\xfe\x00", "lacks 'document_id'"),
        (b"document_id,paragraph\na,0\n", "lacks 'category'"),
        (
            b"document_id,paragraph,category,coder,code,note,time,text_hash\na,x,tone,anna,,,,\n",
            "a paragraph is no number",
        ),
    ],
)
def test_a_file_that_holds_no_codes_is_refused_and_kept(
    show: Callable[..., Page], path: Path, content: bytes, reason: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(TableError, match=f"'codes of anna.csv' is no file of codes.*{reason}"):
        show()
    assert path.read_bytes() == content


def test_a_line_that_stands_twice_is_refused(show: Callable[..., Page], path: Path) -> None:
    coded(show)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[2]]), encoding="utf-8")
    with pytest.raises(TableError, match=r"line 6 of .* codes paragraph 3 of document 'b' again"):
        show()


def test_a_file_that_was_spoiled_while_coding_is_told_and_not_replaced(
    show: Callable[..., Page], path: Path
) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    path.write_text("spoiled", encoding="utf-8")
    said = page.choose(1, "tone", "pro")
    assert said["kind"] == "failed"
    assert "is no file of codes" in said["error"]
    assert path.read_text(encoding="utf-8") == "spoiled"


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        ({"sheet": [1]}, TypeError, "coding_sheet must be a pandas DataFrame"),
        ({"sheet": SHEET[["text"]]}, TableError, "has no column 'document_id', 'paragraph'"),
        ({"sheet": SHEET.head(0)}, TableError, "has no rows"),
        ({"sheet": SHEET.assign(paragraph=1.5)}, TableError, "'paragraph' .* is 1.5 in row 0"),
        ({"sheet": SHEET.assign(text=["a", None, "c"])}, TableError, "'text' .* null in row 1"),
        ({"sheet": SHEET.assign(document_id=[1, 2, 3])}, TableError, "int64, expected str"),
        ({"sheet": SHEET.iloc[[0, 1, 0]]}, TableError, "row 2 .* repeats the key"),
        ({"codebook": CODEBOOK.head(0)}, TableError, "codebook table has no rows"),
        ({"codebook": CODEBOOK.iloc[[0, 0]]}, TableError, "row 1 .* repeats the key"),
        ({"codebook": CODEBOOK.assign(code=" ")}, TableError, "empty or has spaces"),
        (
            {"codebook": CODEBOOK.assign(definition=list("abccc"))},
            TableError,
            "'security' .* has two definitions",
        ),
        ({"coder": " "}, ValueError, "coder must be a name"),
        ({"path": "codes.xlsx"}, ValueError, r"'codes.xlsx' does not end in \.csv"),
    ],
)
def test_what_cannot_be_coded_is_refused_in_one_sentence(
    show: Callable[..., Page], changes: dict[str, Any], kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind, match=reason):
        show(**changes)


def test_sheet_and_codebook_are_not_changed(show: Callable[..., Page]) -> None:
    sheet, codebook = SHEET.set_index(pd.Index([5, 5, 5])), CODEBOOK.copy()
    copies = sheet.copy(), codebook.copy()
    show(sheet=sheet, codebook=codebook).choose(2, "tone", "pro")
    pd.testing.assert_frame_equal(sheet, copies[0])
    pd.testing.assert_frame_equal(codebook, copies[1])


def test_a_change_of_folder_moves_no_file(
    show: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = show(path="new/anna.csv")
    monkeypatch.chdir("/")
    page.choose(0, "tone", "pro")
    assert (tmp_path / "new" / "anna.csv").exists()


@pytest.mark.parametrize(
    ("codes", "keys"),
    [
        (["1", "0"], ["1", "0"]),
        (["Y", "n"], ["y", "n"]),
        (["a", "A"], ["1", "2"]),
        (["1", "-1"], ["1", "2"]),
        ([str(n) for n in range(10, 47)], [*"123456789abcdefghijklmnopqrstuvwxyz", "", ""]),
    ],
)
def test_codes_are_their_own_keys_where_each_is_one_letter_or_digit(
    codes: list[str], keys: list[str]
) -> None:
    assert keys_for(codes) == keys


def test_no_text_is_stored_in_the_notebook(show: Callable[..., Page]) -> None:
    page = show()
    page.choose(0, "tone", "pro")
    state = repr({**page.widget.get_state(), "_esm": "", "_css": ""})
    assert "Troops" not in state
    assert "anna" not in state


CELL = """import pandas as pd
import analysis as fa
sheet = fa.split_paragraphs(fa.documents_from_texts(["Talks resume.\\n\\nAid <stops>."]))
codebook = pd.DataFrame({{"category": "aid", "definition": "Help.", "code": ["1", "0"],
                         "meaning": ["present", "absent"]}})
fa.code_paragraphs(sheet, codebook, coder="A <b>", path={path!r})"""


def test_without_a_page_to_show_it_one_line_says_how_far_the_coding_is(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    source = CELL.format(path=str(path))
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Coded?"), nbformat.v4.new_code_cell(source)]
    )
    nbformat.write(notebook, tmp_path / "01_coding.ipynb")
    (tmp_path / "articles").mkdir()
    (report,) = run_notebooks(
        tmp_path,
        output=tmp_path / "reports",
        data=tmp_path / "articles",
        figures=tmp_path / "figures",
    )
    assert report.error is None
    line = "A <b> has coded 0 of 2 paragraphs. To code, run this cell in JupyterLab."
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    assert f">{shown}</p>" in (tmp_path / "reports" / "01_coding.html").read_text(encoding="utf-8")

    client = NotebookClient(notebook, kernel_name="python3")
    client.config.KernelManager.transport_encryption = "auto"
    client.execute()
    assert f">{shown}</p>" in HTMLExporter().from_notebook_node(notebook)[0]
    assert "has coded 0 of 2 paragraphs." in MarkdownExporter().from_notebook_node(notebook)[0]
    assert not path.exists()


def test_reading_where_nothing_was_coded_gives_an_empty_table(path: Path) -> None:
    answers = read_answers(path, SHEET, CODEBOOK, coder="anna")
    assert answers.empty
    assert answers["paragraph"].dtype == "int64"

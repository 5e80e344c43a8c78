"""Files for coders: what they show, and what is said of them when they come back."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError, ReadingWarning, TableError

TEXTS = ["A threat.", "=1+1 threats", 'Rain,\nand "hail".', "Talks resumed."]


@pytest.fixture
def sheet() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "document_id": ["daily_1", "daily_2", "wire_1", "wire_2"],
            "paragraph": [3, 0, 1, 2],
            "text": TEXTS,
            "stratum": "security: 1 hit",
            "probability": 0.5,
        }
    )


@pytest.fixture
def codebook() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "category": ["security", "security", "tone", "tone", "tone"],
            "definition": ["Danger."] * 2 + ["What the text makes of it."] * 3,
            "code": ["1", "0", "pro", "contra, mostly", "none"],
            "meaning": ["present", "absent", "for it", "against it", "neither"],
        }
    )


def filled_in(path: Path, changes: dict[str, Any]) -> None:
    """Type into a workbook as a coder does: cell by cell, then save."""
    book = openpyxl.load_workbook(path)
    for place, value in changes.items():
        book["Coding"][place] = value
    book.save(path)


def every_cell() -> dict[str, Any]:
    """Column C is security, D is tone; a spreadsheet program makes numbers of typed digits."""
    return {f"C{row}": row % 2 for row in range(2, 6)} | {f"D{row}": "pro" for row in range(2, 6)}


def test_a_workbook_shows_texts_and_codes_and_nothing_of_scores_or_sources(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.xlsx", coder="Ana")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Coding", "Codebook"]
    rows = list(book["Coding"].values)
    assert rows[0] == ("number", "text", "security", "tone", "note", "unit", "coder")
    assert [row[1] for row in rows[1:]] == TEXTS
    assert all(row[2] is row[3] is row[4] is None for row in rows[1:])
    shown = " ".join(str(cell) for row in rows for cell in row)
    assert not any(word in shown for word in ("daily", "wire", "hit", "0.5", "stratum"))
    assert next(iter(book["Codebook"].values)) == ("category", "definition", "code", "meaning")


def test_a_text_that_looks_like_a_formula_stays_a_text(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    """X07: neither file runs it, and it is no changed text when it comes back."""
    workbook = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.xlsx", coder="Ana")
    assert openpyxl.load_workbook(workbook)["Coding"]["B3"].data_type == "s"
    table = fa.save_coding_sheet(sheet, codebook, tmp_path / "ben.csv", coder="Ben")
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file))[1]["text"] == "'=1+1 threats"
    problems = fa.read_codes([workbook, table], sheet, codebook, return_problems=True)[1]
    assert set(problems["problem"]) == {"missing code"}


def test_each_cell_offers_the_codes_of_its_category(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    mixed = codebook.iloc[[2, 0, 3, 1, 4]]
    path = fa.save_coding_sheet(sheet, mixed, tmp_path / "ana.xlsx", coder="Ana")
    book = openpyxl.load_workbook(path)
    offered = {}
    for rule in book["Coding"].data_validations.dataValidation:
        title, _, area = rule.formula1.partition("!")
        cells = [row[0].value for row in book[title][area.replace("$", "")]]
        offered[str(rule.sqref)] = (rule.type, cells)
    assert offered == {
        "C2:C5": ("list", ["pro", "contra, mostly", "none"]),
        "D2:D5": ("list", ["1", "0"]),
    }


def test_what_a_coder_types_comes_back_as_codes(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.xlsx", coder="Ana")
    filled_in(path, every_cell() | {"C2": 0.0, "C3": " 1 ", "D3": "Contra, mostly"})
    codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    assert problems.empty
    table = codes.pivot_table(
        index="document_id", columns="category", values="code", aggfunc="first"
    )
    assert table["security"].tolist() == ["0", "1", "0", "1"]
    assert table["tone"].tolist() == ["pro", "contra, mostly", "pro", "pro"]
    assert codes["coder"].unique().tolist() == ["Ana"]


def test_every_problem_is_named_with_its_line(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.xlsx", coder="Ana")
    filled_in(path, every_cell() | {"C2": None, "C3": 7, "B4": "Sunshine."})
    book = openpyxl.load_workbook(path)
    again = [cell.value for cell in book["Coding"][5]]
    book["Coding"].append([again[0], again[1], "0", *again[3:]])
    book["Coding"].append([9, "Wind.", "1", "pro", None, "u-000000000000", "Ana"])
    book.save(path)
    codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    found = problems[["line", "document_id", "category", "problem"]].astype(object)
    found = found.where(found.notna(), None).sort_values(["line", "category"])
    assert found.values.tolist() == [
        [2, "daily_1", "security", "missing code"],
        [3, "daily_2", "security", "unknown code"],
        [4, "wire_1", None, "changed text"],
        [6, "wire_2", "security", "duplicated row"],
        [6, "wire_2", "tone", "duplicated row"],
        [7, None, None, "unknown paragraph"],
    ]
    assert problems["explanation"].str.len().gt(20).all()
    given = codes.set_index(["document_id", "category"])["code"]
    # Two different codes: neither counts. Twice the same: it counts.
    assert given.isna().sum() == 5
    assert given["wire_2", "tone"] == "pro"


def test_a_row_that_was_deleted_is_missed(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.xlsx", coder="Ana")
    filled_in(path, every_cell())
    book = openpyxl.load_workbook(path)
    book["Coding"].delete_rows(3)
    book.save(path)
    codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    assert problems[["document_id", "problem", "coder"]].values.tolist() == [
        ["daily_2", "missing row", "Ana"]
    ]
    assert len(codes) == len(sheet) * 2


def test_files_that_were_sorted_or_extended_are_read(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    """A European spreadsheet program writes semicolons and Windows-1252."""
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.csv", coder="Ana")
    table = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[::-1]
    table[["security", "tone"]] = ["1", "none"]
    table.assign(remarks="schön").to_csv(path, sep=";", index=False, encoding="cp1252")
    codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    assert problems["problem"].tolist() == ["unknown column"]
    assert set(codes["code"]) == {"1", "none"}


def test_codes_of_the_widget_are_read_alike(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    from analysis.validation.widget.answers import no_answers, set_code
    from analysis.validation.widget.files import write_answers

    answers = no_answers()
    for row in range(3):
        answers = set_code(
            answers, sheet, codebook, coder="Cy", row=row, category="security", code="1", time=""
        )
    write_answers(answers, tmp_path / "cy.csv")
    codes, problems = fa.read_codes(tmp_path, sheet, codebook, return_problems=True)
    assert codes["code"].notna().sum() == 3
    assert problems["problem"].value_counts().to_dict() == {"missing code": 3, "missing row": 1}
    changed = sheet.assign(text=sheet["text"].replace("A threat.", "A threat!"))
    codes, problems = fa.read_codes(tmp_path, changed, codebook, return_problems=True)
    assert codes["code"].notna().sum() == 2
    assert problems["problem"].value_counts()["changed text"] == 1


def test_formulas_within_ids_texts_and_codes_are_harmless_and_read_back(
    sheet: pd.DataFrame, tmp_path: Path
) -> None:
    from analysis.validation.widget.answers import no_answers, set_code
    from analysis.validation.widget.files import read_answers, write_answers

    odd = sheet.assign(
        document_id=["=cmd", "a;=1", "-b\t@c", "plain"],
        text=["A threat;=1+1", "=1;@SUM(1)", "Aid,\n-5 and\t+6", "Talks."],
    )
    rows = [("tone", "Tone.", code, "") for code in ("=1", "-1", "a;@b")]
    codebook = pd.DataFrame(rows, columns=["category", "definition", "code", "meaning"])
    answers = no_answers()
    for row, code in enumerate([*codebook["code"], "-1"]):
        answers = set_code(
            answers, odd, codebook, coder="=Cy", row=row, category="tone", code=code, time=""
        )
    folder = tmp_path / "widget"
    folder.mkdir()
    write_answers(answers, folder / "cy.csv")
    again = read_answers(folder / "cy.csv", odd, codebook, coder="=Cy")
    pd.testing.assert_frame_equal(again.drop(columns="time"), answers.drop(columns="time"))
    path = fa.save_coding_sheet(odd, codebook, tmp_path / "ana.csv", coder="=Ana")
    wide = pd.read_csv(path, dtype="str", keep_default_na=False)
    wide.assign(tone=["'=1", "-1", "a;'@b", "-1"]).to_csv(path, index=False)
    for written in (folder, path):
        codes, problems = fa.read_codes(written, odd, codebook, return_problems=True)
        assert problems.empty
        assert codes["code"].tolist() == ["=1", "-1", "a;@b", "-1"]
        assert codes["document_id"].tolist() == odd["document_id"].tolist()
    for name in (folder / "cy.csv", path):
        for delimiter in ";\t,":
            with name.open(encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file, delimiter=delimiter) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_folder_of_several_coders_is_read_as_one_table(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    for coder in ("Ana", "Ben"):
        path = fa.save_coding_sheet(sheet, codebook, tmp_path / f"{coder}.xlsx", coder=coder)
        filled_in(path, every_cell())
    (tmp_path / "notes.txt").write_text("not a coding file")
    (tmp_path / "~$Ana.xlsx").write_text("a lock of the spreadsheet program")
    codes, problems = fa.read_codes(tmp_path, sheet, codebook, return_problems=True)
    assert problems.empty
    alpha = fa.agreement(codes, n_resamples=99, seed=1)
    assert alpha.loc[alpha["measure"] == "percent agreement", "value"].eq(1).all()


def test_a_broken_file_is_listed_and_the_others_are_read(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    good = fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.csv", coder="Ana")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "shopping.csv").write_text("item,price\nbread,2\n")
    problems = fa.read_codes(tmp_path, sheet, codebook, return_problems=True)[1]
    unreadable = problems[problems["problem"] == "unreadable file"]
    assert unreadable["file"].tolist() == ["broken.xlsx", "shopping.csv"]
    with pytest.raises(ReadingError, match=r"broken\.xlsx"):
        fa.read_codes(tmp_path / "broken.xlsx", sheet, codebook)
    with pytest.raises(ReadingError, match="No such file"):
        fa.read_codes(tmp_path / "gone.csv", sheet, codebook)
    with pytest.warns(ReadingWarning, match=r"8 problems .* ana\.csv: the cell is empty"):
        fa.read_codes(good, sheet, codebook)


def test_rows_without_a_coder_go_by_the_name_of_the_file(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = fa.save_coding_sheet(sheet, codebook, tmp_path / "dora.csv", coder="x")
    table = pd.read_csv(path, dtype=str, keep_default_na=False).drop(columns="coder")
    table[["security", "tone"]] = ["1", "pro"]
    table.to_csv(path, index=False)
    codes, problems = fa.read_codes(path, sheet, codebook, return_problems=True)
    assert codes["coder"].unique().tolist() == ["dora"]
    assert problems["problem"].tolist() == ["unnamed coder"]


def test_a_file_that_may_hold_codes_is_not_written_over(
    sheet: pd.DataFrame, codebook: pd.DataFrame, tmp_path: Path
) -> None:
    fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.csv", coder="Ana")
    with pytest.raises(TableError, match="exists and may hold codes"):
        fa.save_coding_sheet(sheet, codebook, tmp_path / "ana.csv", coder="Ana")
    assert [path.name for path in tmp_path.iterdir()] == ["ana.csv"]


def test_odd_characters_survive_the_way_through_a_workbook(
    codebook: pd.DataFrame, tmp_path: Path
) -> None:
    texts = ["A\x07larm.\r\nNext line.", "  spaced   out  ", "'quoted'", "Ünïcode 😀 ⸱"]
    sheet = pd.DataFrame({"document_id": "a", "paragraph": range(4), "text": texts})
    for ending in ("xlsx", "csv"):
        path = fa.save_coding_sheet(sheet, codebook, tmp_path / f"ana.{ending}", coder="Ana")
        problems = fa.read_codes(path, sheet, codebook, return_problems=True)[1]
        assert set(problems["problem"]) == {"missing code"}


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"path": "ana.txt"}, ValueError, "ends in neither .xlsx nor .csv"),
        ({"coder": " "}, ValueError, "coder is empty"),
        ({"text": "x" * 40_000}, TableError, "more than 32,767 characters"),
        ({"category": "Note"}, TableError, "'Note', which is a column of every coding file"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    sheet: pd.DataFrame,
    codebook: pd.DataFrame,
    tmp_path: Path,
    change: dict[str, str],
    error: type[Exception],
    message: str,
) -> None:
    """X14: a cell holds no more than 32,767 characters."""
    sheet = sheet.assign(text=change.get("text", sheet["text"]))
    codebook = codebook.assign(
        category=codebook["category"].replace("tone", change.get("category", "tone"))
    )
    path = tmp_path / change.get("path", "ana.csv")
    with pytest.raises(error, match=message):
        fa.save_coding_sheet(sheet, codebook, path, coder=change.get("coder", "Ana"))
    assert not list(tmp_path.iterdir())


def test_a_codebook_comes_from_the_definitions_of_a_lexicon() -> None:
    codebook = fa.make_codebook(fa.load_lexicon("framing"))
    assert codebook["category"].unique().tolist() == ["security", "sovereignty", "welfare"]
    assert codebook["definition"].str.len().gt(100).all()
    with pytest.raises(TableError, match="'warm' of colours has no definition"):
        fa.make_codebook(fa.lexicon_from_dict("colours", {"warm": ["red"]}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("category,definition,code\naid,Help.,1\n", "no column 'meaning'"),
        ("category,definition,code,meaning\naid,Help.,1,a\naid,Aid.,0,b\n", "two definitions"),
        ("category,definition,code,meaning\naid,Help.,1,a\naid,Help.,1,b\n", "repeats the key"),
        ("category,definition,code,meaning\n", "no rows"),
        ("", "empty"),
    ],
)
def test_a_codebook_that_could_mean_two_things_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text(text)
    with pytest.raises((ReadingError, TableError), match=message):
        fa.read_codebook(path)


def test_a_codebook_is_read_back_from_the_second_sheet_of_a_coding_file_saved_alone(
    codebook: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "codebook.xlsx"
    codebook.assign(code=[1, 0, "pro", "contra, mostly", "none"]).to_excel(path, index=False)
    pd.testing.assert_frame_equal(fa.read_codebook(path), codebook.astype("str"))

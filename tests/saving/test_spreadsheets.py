"""Tables leave the project safely, and come back as they were."""

import csv
import datetime as dt
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import ExportWarning, ReadingError, TableError
from analysis.saving.spreadsheets import file_name_for
from analysis.tables.cells import guarded, unguarded

FORMULAS = {
    "=2+5+cmd|' /C calc'!A0": "'=2+5+cmd|' /C calc'!A0",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(1)": "'@SUM(1)",
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    "\uff1d1+1": "'\uff1d1+1",
    "\uff20SUM(1)": "'\uff20SUM(1)",
    "'=1": "''=1",
    "aid;=1+1": "aid;'=1+1",
    "aid\t=1+1": "aid\t'=1+1",
    "aid\n=1+1;@a": "aid\n'=1+1;'@a",
    'aid;"=1+1;': "aid;'\"=1+1;",
    "aid;'=1": "aid;''=1",
    "aid, -1; - and a=b": "aid, -1; - and a=b",
    "One.\n\nTwo.": "One.\n\nTwo.",
}
STRINGS = {
    "str": lambda text: pd.array([text], dtype="str"),
    "object": lambda text: np.array([text], dtype=object),
    "string": lambda text: pd.array([text], dtype="string"),
    "arrow": lambda text: pd.array([text], dtype="string[pyarrow]"),
    "large": lambda text: pd.array([text], dtype=pd.ArrowDtype(pa.large_string())),
    "dictionary": lambda text: pd.array(
        [text], dtype=pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))
    ),
    "categorical": lambda text: pd.Categorical([text]),
    "numpy": lambda text: np.array([np.str_(text)], dtype=object),
}


@pytest.mark.parametrize("dtype", STRINGS)
def test_texts_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path, dtype: str) -> None:
    """X07."""
    for text, harmless in FORMULAS.items():
        table = pd.DataFrame({"text": STRINGS[dtype](text), "rate": [-1.5]})
        path = fa.save_table(table, tmp_path / "a.csv")
        # A text with \r alone is not quoted, and one with \n is.
        ends = {} if "\n" in text else {"lineterminator": "\n"}
        back = pd.read_csv(path, keep_default_na=False, **ends)
        assert back[["text", "rate"]].values.tolist() == [[harmless, -1.5]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_begins_with_a_formula_wherever_a_program_splits(
    tmp_path: Path, delimiter: str
) -> None:
    table = pd.DataFrame({"id": ["a"] * len(FORMULAS), "text": list(FORMULAS)})
    path = fa.save_table(table, tmp_path / "a.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=delimiter) for cell in row]
    assert len(cells) > len(FORMULAS)
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\uff1d\uff20"))]


def test_what_holds_texts_is_made_harmless_too(tmp_path: Path) -> None:
    table = pd.DataFrame({"words": [["a;=1"], ("b\t@c",)], "day": [dt.date(2015, 3, 12)] * 2})
    path = fa.save_table(table, tmp_path / "a.csv")
    back = pd.read_csv(path)
    assert back["words"].tolist()[0] == "['a;'=1']"
    assert back["day"].tolist() == ["2015-03-12"] * 2


@given(st.text(st.sampled_from("'\"=-;\t\n\ra")))
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_names_of_columns_are_made_harmless_too(tmp_path: Path) -> None:
    path = fa.save_table(pd.DataFrame({"=cmd": ["a"]}), tmp_path / "a.csv")
    assert pd.read_csv(path).columns[0] == "'=cmd"


def test_parquet_holds_the_table_as_it_is(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ["=1+1", None, "é"], "rate": [0.1, math.nan, -1.5]})
    back = pd.read_parquet(fa.save_table(table, tmp_path / "a.parquet"))
    assert back["text"].tolist()[0] == "=1+1"
    pd.testing.assert_frame_equal(back[["text", "rate"]], table, check_dtype=False)


def test_numbers_come_back_exactly_and_nulls_are_empty(tmp_path: Path) -> None:
    """X15."""
    values = [0.1, 1 / 3, 1e-300, 123456789.123456789, math.nan]
    path = fa.save_table(
        pd.DataFrame({"rate": values, "text": [*"abc", None, "nan"]}), tmp_path / "a.csv"
    )
    back = pd.read_csv(path, keep_default_na=False)
    assert [float(v) for v in back["rate"][:4]] == values[:4]
    assert back["rate"].tolist()[4] == ""
    assert back["text"].tolist()[3:] == ["", "nan"]


def test_a_saved_table_tells_the_versions_behind_it(tmp_path: Path) -> None:
    back = pd.read_csv(fa.save_table(pd.DataFrame({"rate": [1.0]}), tmp_path / "a.csv"))
    assert back["package_version"].tolist() == [fa.__version__]


def test_cells_that_a_spreadsheet_cuts_off_are_warned_about(tmp_path: Path) -> None:
    """X14."""
    table = pd.DataFrame({"text": ["a" * 40_000, "b"]})
    with pytest.warns(ExportWarning, match=r"32,767 characters \(1 in 'text'\)"):
        fa.save_table(table, tmp_path / "a.csv")
    assert len(pd.read_csv(tmp_path / "a.csv")["text"][0]) == 40_000


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = fa.save_table(pd.DataFrame({"a": [1]}), tmp_path / "new" / "a.csv")
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"neither \.csv nor \.parquet"):
        fa.save_table(pd.DataFrame({"a": [1]}), tmp_path / "a.xls")
    (tmp_path / "file").write_text("x")
    with pytest.raises(TableError, match="cannot be written"):
        fa.save_table(pd.DataFrame({"a": [1]}), tmp_path / "file" / "a.csv")
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.csv", "file", "new"]


HOSTILE_IDS = [
    "../../etc/cron.d/x",
    "/abs",
    "CON",
    "a\\b",
    "x" * 300,
    "nul\0byte",
    " ",
    "A",
    "a",
    "caf\u00e9",
    "cafe\u0301",
    "\u4e2d\u6587",
    "a/b",
    "=cmd",
]


def test_a_page_for_each_document_stays_in_its_folder_under_a_name_of_its_own(
    tmp_path: Path,
) -> None:
    """X12."""
    documents = fa.documents_from_texts(["A threat."] * len(HOSTILE_IDS), HOSTILE_IDS)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("test", {"k": ["threat"]}))
    index = fa.save_texts(paragraphs, hits, tmp_path / "pages")
    assert index["document_id"].tolist() == documents["document_id"].tolist()
    names = index["file"].str.casefold()
    assert names.is_unique
    assert names.str.fullmatch(r"[a-z0-9-]{1,60}\.html").all()
    written = {path.name for path in (tmp_path / "pages").iterdir()}
    assert written == {*index["file"], "index.csv"}
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
    assert "threat" in (tmp_path / "pages" / index["file"].iloc[0]).read_text("utf-8")


ENDS = ["\r", "\n", "\r\n", "\n\r", "\r\r", "\x85", "\u2028", "\v", "\f", '"\r', ",\r", ";\r="]


@pytest.mark.parametrize("place", ["cell", "name", "last cell", "only cell", "category"])
@pytest.mark.parametrize("end", ENDS)
def test_no_line_end_within_a_cell_begins_a_row(tmp_path: Path, end: str, place: str) -> None:
    table = pd.DataFrame({"text": ["a", "b"], "n": [1.5, None], "note": [None, "c"]})
    if place == "only cell":
        table = pd.DataFrame({"text": [f"a{end}b", f"{end}"]})
    elif place == "name":
        table = table.rename(columns={"note": f"no{end}te"})
    elif place == "category":
        table["text"] = pd.Series([f"a{end}b", "b"], dtype="category")
    else:
        table.loc[1, "note" if place == "last cell" else "text"] = f"a{end}b{end}"
    path = fa.save_table(table, tmp_path / "a.csv")
    # As the programs read that take every \r for a line end.
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(rows[0])}
    back = pd.read_csv(path, encoding="utf-8-sig")
    assert len(back) == 2
    cells = [str(cell) for cell in (*table.columns, *table.to_numpy(object, na_value="").ravel())]
    wanted = [guarded(cell) for cell in cells if end in cell]
    found = [cell for row in rows for cell in row]
    assert wanted
    assert all(cell in found for cell in wanted)


def test_names_of_system_devices_are_never_used() -> None:
    assert file_name_for("CON", ".html").startswith("con-")


def test_a_flipped_byte_in_a_saved_table_is_noticed(tmp_path: Path) -> None:
    """I37."""
    table = pd.DataFrame({"text": [f"Talks number {n} resume." for n in range(100)]})
    path = fa.save_table(table, tmp_path / "a.parquet")
    data = bytearray(path.read_bytes())
    place = len(data) // 8
    data[place] ^= 0x01
    path.write_bytes(data)
    with pytest.raises(ReadingError):
        fa.read_documents(path)

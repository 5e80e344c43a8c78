"""Whatever cells hold, the rows and the other files are read, and nothing is rounded."""

import datetime as dt
import decimal
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.tables.checks import check_table

EDGE = 2**63 - 1
ARROW: dict[str, pa.Array] = {
    **{
        f"timestamp[{unit}] {n}": pa.array([n], pa.timestamp(unit))
        for unit in ("ms", "us", "ns")
        for n in (0, 2**59, EDGE, -EDGE)
    },
    **{f"date32 {n}": pa.array([n], pa.date32()) for n in (0, 2**31 - 1, -(2**31))},
    **{f"duration {n}": pa.array([n], pa.duration("s")) for n in (0, 2**60, -(2**60))},
    "zoned": pa.array([0], pa.timestamp("us", "Asia/Tokyo")),
    "zoned and late": pa.array([2**60], pa.timestamp("us", "+02:00")),
    "date64": pa.array([86_400_000 * 2**30], pa.date64()),
    "time": pa.array([3_600], pa.time32("s")),
    "time of nanoseconds": pa.array([1], pa.time64("ns")),
    "decimal": pa.array([decimal.Decimal("12.50")], pa.decimal128(38, 2)),
    "long decimal": pa.array([decimal.Decimal(10**60 + 1)], pa.decimal256(70, 0)),
    "bytes of text": pa.array(["Zürich".encode()], pa.binary()),
    "bytes": pa.array([b"\xff\x00"], pa.large_binary()),
    "fixed bytes": pa.array([b"ab"], pa.binary(2)),
    "large string": pa.array(["a"], pa.large_string()),
    "string view": pa.array(["a"], pa.string_view()),
    "dictionary": pa.array(["a"]).dictionary_encode(),
    "list": pa.array([[1, None]]),
    "list of structs": pa.array([[{"a": 1}]]),
    "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    "struct": pa.array([{"a": [1], "b": dt.datetime(2024, 5, 1)}]),
    "struct with a late date": pa.array([{"a": 2**59}], pa.struct([("a", pa.timestamp("ms"))])),
    "truth": pa.array([True]),
    "largest": pa.array([2**64 - 1], pa.uint64()),
    "half": pa.array([np.float16(2.5)], pa.float16()),
    "single": pa.array([0.1], pa.float32()),
    "not a number": pa.array([float("nan")]),
    "infinity": pa.array([float("inf")]),
    "null": pa.nulls(1),
    "nulls of text": pa.nulls(1, pa.string()),
    "control characters": pa.array(["\x1b[31m\u202ered\n"]),
}
TEXTS = (
    *("bytes of text", "fixed bytes", "large string", "string view", "dictionary"),
    "control characters",
)
OBJECTS: dict[str, Any] = {
    "year 1": dt.datetime(1, 1, 1),
    "year 9999": dt.date(9999, 12, 31),
    "zoned": dt.datetime(2024, 5, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))),
    "time": dt.time(1, 2),
    "duration": dt.timedelta.max,
    "period": pd.Period("2024-05"),
    "interval": pd.Interval(0, 1),
    "moment that is none": pd.NaT,
    "null": pd.NA,
    "numpy's moment": np.datetime64("2024-05-01"),
    "numpy's late moment": np.datetime64(2**62, "s"),
    "numpy's duration": np.timedelta64(1, "D"),
    "numpy's text": np.str_("a"),
    "array": np.array([1, 2]),
    "decimal": decimal.Decimal("NaN"),
    "complex": 1 + 2j,
    "huge": 10**30,
    "bytes": b"\xff",
    "surrogate": "\udc80",
    "nested": {"a": {("b",): [{1, 2}]}},
    "endless": (endless := []),
    "class": object,
    "blank": " \u200b\u3000",
    "truth": np.True_,
}
endless.append(endless)


def read_folder(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a folder with a good file, and carry what is read through to a result and a file."""
    (folder / "good.txt").write_text("Title\n\nA threat.", encoding="utf-8")
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    carry_through(documents, skipped)
    assert "good" in set(documents["document_id"])
    assert not skipped["reason"].str.contains("error of media-framing").any()
    return documents, skipped


def carry_through(documents: pd.DataFrame, skipped: pd.DataFrame) -> None:
    check_table(documents, "documents")
    check_table(skipped, "skipped")
    lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    scores = fa.analyze(documents, [lexicon])["scores"]
    for by in ("x", "outlet", "date"):
        if by in scores:
            assert fa.score_documents(scores, by=by)["n_tokens"].sum() == scores["n_tokens"].sum()
    pa.Table.from_pandas(documents)


@pytest.mark.parametrize("column", ["x", "date", "outlet", "id", "date_seconds"])
def test_every_type_of_a_parquet_column_is_read(tmp_path: Path, column: str) -> None:
    for kind, cells in ARROW.items():
        pq.write_table(
            pa.table({"text": ["A threat."], column: cells}), tmp_path / f"{kind}.parquet"
        )
    documents, _ = read_folder(tmp_path)
    assert len(documents) == len(ARROW) + 1


def test_a_column_of_texts_of_any_type_is_text_or_listed(tmp_path: Path) -> None:
    for kind, cells in ARROW.items():
        pq.write_table(pa.table({"text": cells}), tmp_path / f"{kind}.parquet")
    documents, skipped = read_folder(tmp_path)
    assert set(documents["document_id"]) - {"good"} == {f"{kind}#1" for kind in TEXTS}
    assert (skipped["what"] == "row").sum() == len(ARROW) - len(TEXTS)


@pytest.mark.parametrize("kind", ARROW)
def test_a_dataframe_with_arrows_types_is_read_alike(kind: str) -> None:
    cells = pa.chunked_array([ARROW[kind]])
    frame = pd.DataFrame(
        {"text": "A threat.", "x": pd.Series(pd.arrays.ArrowExtensionArray(cells))}
    )
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    check_table(documents, "documents")
    pa.Table.from_pandas(documents)
    empty = ARROW[kind].null_count or kind == "not a number" or len(skipped)
    assert documents["x"].isna().all() == bool(empty)


@pytest.mark.parametrize("kind", OBJECTS)
def test_every_object_in_a_dataframe_is_read_or_listed(kind: str) -> None:
    cells = pd.Series([None, "a"], dtype=object)
    cells.array[0] = OBJECTS[kind]
    for column in ("x", "date", "outlet", "id", "language"):
        frame = pd.DataFrame({"text": ["A threat.", "No threat."], column: cells})
        documents, skipped = fa.read_documents(frame, return_skipped=True)
        assert len(documents) == 2
        check_table(documents, "documents")
        check_table(skipped, "skipped")
        pa.Table.from_pandas(documents)


CELLS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates()),
    *(st.datetimes(), st.timedeltas(), st.decimals(), st.times(), st.complex_numbers()),
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4))
def test_any_mixture_of_cells_gives_columns_of_one_type(rows: list[tuple[Any, ...]]) -> None:
    frame = pd.DataFrame({"text": "A threat."}, index=range(len(rows)))
    for n, name in enumerate(("x", "date", "id")):
        frame[name] = pd.Series([None] * len(rows), dtype=object)
        for row, cells in enumerate(rows):
            frame[name].array[row] = cells[n]
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    assert len(documents) == len(rows)
    check_table(documents, "documents")
    check_table(skipped, "skipped")
    pa.Table.from_pandas(documents)


def test_an_absurd_date_is_left_empty_and_the_other_rows_are_whole(tmp_path: Path) -> None:
    dates = pa.array([0, 2**59, 86_400_000], pa.timestamp("ms"))
    table = pa.table({"text": ["A threat."] * 3, "date": dates, "retrieved": dates})
    pq.write_table(table, tmp_path / "odd.parquet")
    documents, skipped = read_folder(tmp_path)
    days = [pd.Timestamp("1970-01-01"), pd.NaT, pd.Timestamp("1970-01-02")]
    for name in ("date", "retrieved"):
        found = documents.set_index("document_id").loc[["odd#1", "odd#2", "odd#3"], name]
        assert found.equals(pd.Series(days, found.index, name=name, dtype="datetime64[us]"))
    assert skipped["row"].tolist() == [2, 2]
    assert skipped["reason"].str.contains("out of range").all()


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "A.", "x": [1, {"a": null}], "date": {"y": 1}, "id": [1]}',
        '{"text": "A.", "x": %s}' % ("9" * 30),
        '{"text": "A.", "x": true, "date": true, "id": false}',
        '{"text": "A.", " x ": "\\ud800", "\\udc00": 1, "": 2}',
        '{"text": "A.", "date": -1e300, "date_seconds": 1e300}',
        '{"text": "A.", "x": "\\u001b[31m", "id": "\\u001b[31m\\u202e\\n"}',
    ],
)
def test_every_value_of_json_is_read(tmp_path: Path, line: str) -> None:
    (tmp_path / "odd.jsonl").write_text(f'{line}\n{{"text": "B.", "x": "b"}}\n', encoding="utf-8")
    documents, _ = read_folder(tmp_path)
    assert len(documents) == 3


def test_a_list_of_words_or_an_object_is_no_text_in_any_format(tmp_path: Path) -> None:
    words = ["A", "threat."]
    lines = [words, {"a": "A threat."}, [], [1], [["A threat."]], [{"text": "A.", "speaker": "B"}]]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": one}) for one in lines))
    pq.write_table(pa.table({"text": [words]}), tmp_path / "b.parquet")
    documents, skipped = read_folder(tmp_path)
    assert len(documents) == 1
    assert skipped["what"].tolist() == ["row"] * 7


DATES = ["0000-00-00", "12024-05-01", "2024-02-30", "-0044-03-15", "1e999", "∞", "true", "[]"]


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_every_absurd_date_of_a_delimited_table_is_listed(tmp_path: Path, ending: str) -> None:
    mark = {".csv": ",", ".tsv": "\t"}[ending]
    lines = [f"A threat.{mark}{date}" for date in DATES]
    (tmp_path / f"a{ending}").write_text("\n".join([f"text{mark}date", *lines]), encoding="utf-8")
    documents, skipped = read_folder(tmp_path)
    assert len(documents) == len(DATES) + 1
    assert documents["date"].isna().all()
    assert skipped["row"].tolist() == list(range(1, len(DATES) + 1))


def test_every_kind_of_cell_of_a_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cells = [
        dt.datetime(1900, 1, 1),
        dt.time(1),
        dt.timedelta(days=400),
        True,
        1e300,
        "#N/A",
        "=1/0",
    ]
    book.worksheets[0].append(["text", "x", "date", "id"])
    for cell in cells:
        book.worksheets[0].append(["A threat.", cell, cell, cell])
    book.save(tmp_path / "odd.xlsx")
    documents, _ = read_folder(tmp_path)
    assert len(documents) == len(cells) + 1


WRITERS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    ".csv": lambda frame, path: frame.to_csv(path, index=False),
    ".tsv": lambda frame, path: frame.to_csv(path, index=False, sep="\t"),
    ".jsonl": lambda frame, path: frame.to_json(path, orient="records", lines=True),
    ".xlsx": lambda frame, path: frame.to_excel(path, index=False),
    ".parquet": lambda frame, path: frame.to_parquet(path),
}


@pytest.mark.parametrize("ending", WRITERS)
def test_blanks_around_columns_and_values_are_taken_away(tmp_path: Path, ending: str) -> None:
    cells = {
        " text ": " A threat. ",
        "\u200boutlet\u00a0": "\u3000X\t",
        " id": " a ",
        "empty ": " ",
    }
    WRITERS[ending](pd.DataFrame([cells, cells | {" id": "b"}]), tmp_path / f"odd{ending}")
    documents, skipped = read_folder(tmp_path)
    own = documents.set_index("document_id").loc[["a", "b"]]
    assert own["outlet"].tolist() == ["X", "X"]
    assert own["text"].tolist() == [" A threat. "] * 2
    assert own["empty"].isna().all()
    assert skipped.empty


@pytest.mark.parametrize("ending", WRITERS)
def test_columns_that_differ_in_capitals_stay_two(tmp_path: Path, ending: str) -> None:
    frame = pd.DataFrame(
        {"text": ["A threat."], "Text": ["other"], "Outlet": ["Y"], "outlet": ["X"]}
    )
    WRITERS[ending](frame, tmp_path / f"odd{ending}")
    documents, _ = read_folder(tmp_path)
    own = documents.set_index("document_id").loc["odd#1"]
    assert own[["text", "Text", "Outlet", "outlet"]].tolist() == ["A threat.", "other", "Y", "X"]


def _two_columns(path: Path, one: str, two: str) -> None:
    table = pa.table([["A threat."], ["a"], ["b"]], names=["text", one, two])
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    elif path.suffix == ".jsonl":
        cells = ", ".join(f"{json.dumps(name)}: 1" for name in (one, two))
        path.write_text(f'{{"text": "A threat.", {cells}}}\n', encoding="utf-8")
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].append(["text", one, two])
        book.worksheets[0].append(["A threat.", "a", "b"])
        book.save(path)
    else:
        mark = "," if path.suffix == ".csv" else "\t"
        path.write_text(f"text{mark}{one}{mark}{two}\nA threat.{mark}a{mark}b\n", encoding="utf-8")


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("two", ["x", " x", "x\u00a0"])
def test_a_table_in_which_a_column_stands_twice_is_listed(
    tmp_path: Path, ending: str, two: str
) -> None:
    _two_columns(tmp_path / f"odd{ending}", "x", two)
    documents, skipped = read_folder(tmp_path)
    assert len(documents) == 1
    assert "'x' stands twice" in skipped["reason"].iloc[0]


@pytest.mark.parametrize(
    ("kind", "exact"), [("float16", 2**11 - 1), ("float32", 2**24 - 1), ("float64", 2**53 - 1)]
)
def test_ids_kept_as_floats_are_used_only_where_no_digit_can_be_lost(
    tmp_path: Path, kind: str, exact: int
) -> None:
    ids = np.array([exact, exact + 1, np.nan, 7], kind)
    frame = pd.DataFrame({"text": ["A."] * 4, "id": ids})
    pq.write_table(pa.table({"text": ["A."] * 4, "id": pa.array(ids)}), tmp_path / "a.parquet")
    for source, prefix in ((tmp_path / "a.parquet", "a#"), (frame, "row_")):
        documents, skipped = fa.read_documents(source, return_skipped=True)
        wanted = [str(exact), f"{prefix}2", f"{prefix}3", "7"]
        assert documents["document_id"].tolist() == wanted
        assert skipped["row"].tolist() == [2]
        assert "last digits are lost" in skipped["reason"].iloc[0]


@pytest.mark.parametrize("written", ["1.79E+18", "1,79e+18", "2E+9"])
def test_ids_that_a_spreadsheet_has_rounded_are_not_used(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.csv").write_text(f"id;text\n{written};A.\n{written};B.\n", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["a#1", "a#2"]
    assert skipped["reason"].str.contains("rounded by a spreadsheet").all()


def test_whole_numbers_are_never_rounded_by_their_neighbours() -> None:
    for long in (2**53 + 1, 2**60 + 1, 2**64 + 1):
        for other in (0.5, None, "a", True, dt.date(2024, 1, 1)):
            frame = pd.DataFrame({"text": "A.", "x": pd.Series([long, other], dtype=object)})
            assert fa.read_documents(frame)["x"].astype("str").iloc[0] == str(long)

"""What a cell holds is the same in every format of tables: ids keep digits, dates their day."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis as fa

FIRST, SECOND = 1790000000000000001, 1790000000000000002
LOCAL = ["2024-05-01T00:30:00+02:00", "2024-04-30T23:30:00-07:00", "2024-05-01T12:00:00Z"]
DAYS = ["2024-05-01", "2024-04-30", "2024-05-01"]
# 2024-04-30 in UTC.
SECONDS = 1714521599

WRITERS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    "csv": lambda table, path: table.to_csv(path, index=False),
    "tsv": lambda table, path: table.to_csv(path, index=False, sep="\t"),
    "jsonl": lambda table, path: table.to_json(path, orient="records", lines=True),
    "parquet": lambda table, path: table.to_parquet(path),
    "xlsx": lambda table, path: table.to_excel(path, index=False),
}


@pytest.fixture(params=[*WRITERS, "DataFrame", "metadata.csv", "metadata"])
def read(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]:
    """Read three articles whose cells stand in one of the formats."""

    def read_cells(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        table = cells.assign(text=["A.", "B.", "C."])
        beside = cells.assign(file=["0.txt", "1.txt", "2.txt"])
        if request.param == "DataFrame":
            return fa.read_documents(table, return_skipped=True)
        if request.param in WRITERS:
            path = tmp_path / f"a.{request.param}"
            WRITERS[request.param](table, path)
            return fa.read_documents(path, return_skipped=True)
        for n, text in enumerate(table["text"]):
            (tmp_path / f"{n}.txt").write_text(text)
        if request.param == "metadata":
            return fa.read_documents(tmp_path, metadata=beside, return_skipped=True)
        beside.to_csv(tmp_path / "metadata.csv", index=False)
        return fa.read_documents(tmp_path, return_skipped=True)

    return read_cells


def days_of(documents: pd.DataFrame) -> list[str]:
    return documents["date"].dt.strftime("%Y-%m-%d").tolist()


def test_a_date_with_an_offset_keeps_its_local_day(read: Callable) -> None:
    documents, skipped = read(pd.DataFrame({"date": LOCAL}))
    assert days_of(documents) == DAYS
    assert skipped.empty


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("date_seconds", 1),
        ("date_milliseconds", 1_000),
        ("created_utc", 1),
        ("timestamp_ms", 1_000),
    ],
)
def test_seconds_and_milliseconds_are_read_with_a_null_among_them(
    read: Callable, column: str, unit: int
) -> None:
    counts = pd.array([SECONDS * unit, None, (SECONDS + 1) * unit], dtype="Int64")
    documents, skipped = read(pd.DataFrame({column: counts}))
    assert days_of(documents.iloc[[0, 2]]) == ["2024-04-30", "2024-05-01"]
    assert documents["date"].isna().tolist() == [False, True, False]
    assert skipped.empty


def test_two_long_ids_stay_two_with_a_null_beside_them(
    read: Callable, request: pytest.FixtureRequest
) -> None:
    ids = pd.array([FIRST, SECOND, None], dtype="Int64")
    in_a_workbook = "xlsx" in request.node.name
    # Workbooks hold numbers as floats: there, only texts keep the digits.
    given = ids.astype("string") if in_a_workbook else ids
    documents, skipped = read(pd.DataFrame({"document_id": given, "n": given}))
    assert documents["document_id"].tolist()[:2] == [str(FIRST), str(SECOND)]
    assert documents["document_id"].is_unique
    assert documents["n"].astype(str).tolist()[:2] == [str(FIRST), str(SECOND)]
    assert documents["n"].isna().tolist() == [False, False, True]
    assert skipped.empty


@pytest.mark.parametrize("kind", ["DataFrame", "parquet", "jsonl", "xlsx"])
def test_ids_that_were_rounded_before_are_listed_and_never_one(tmp_path: Path, kind: str) -> None:
    table = pd.DataFrame({"text": ["A.", "B.", "C."], "id": [1.79e18, 1.79e18, None]})
    path = tmp_path / f"a.{kind}"
    if kind == "jsonl":
        path.write_text('{"text": "A.", "id": 1.79e18}\n' * 2 + '{"text": "C."}')
    elif kind != "DataFrame":
        WRITERS[kind](table, path)
    documents, skipped = fa.read_documents(
        table if kind == "DataFrame" else path, return_skipped=True
    )
    assert documents["document_id"].is_unique
    assert len(documents) == 3
    assert skipped["row"].tolist() == [1, 2]
    assert skipped["reason"].str.contains("last digits are lost; keep ids as text").all()


def test_metadata_with_rounded_ids_is_given_to_no_document() -> None:
    articles = pd.DataFrame({"id": [str(FIRST), str(SECOND)], "text": ["A.", "B."]})
    beside = pd.DataFrame({"document_id": [float(FIRST), np.nan], "outlet": ["Daily", "Daily"]})
    documents, skipped = fa.read_documents(articles, metadata=beside, return_skipped=True)
    assert documents["outlet"].isna().all()
    assert "last digits are lost" in skipped["reason"].iloc[0]


@pytest.mark.parametrize(
    "ids",
    [
        pd.array([FIRST, SECOND, None], dtype="Int64"),
        pd.array([FIRST, SECOND, None], dtype="int64[pyarrow]"),
        pd.Categorical([FIRST, SECOND, None]),
        pd.Series([np.int64(FIRST), np.int64(SECOND), None], dtype=object),
        pd.array([2**64 - 1, 2**64 - 2, None], dtype="UInt64"),
    ],
    ids=["Int64", "arrow", "categorical", "object", "UInt64"],
)
def test_whole_numbers_of_every_dtype_keep_their_digits(ids: object) -> None:
    frame = pd.DataFrame({"text": ["A.", "B.", "C."], "id": ids, "n": ids})
    documents = fa.read_documents(frame)
    expected = [str(value) for value in list(frame["id"])[:2]]
    assert documents["document_id"].tolist() == [*expected, "row_3"]
    assert documents["n"].astype(str).tolist()[:2] == expected


@pytest.mark.parametrize("zone", ["+02:00", "Europe/Berlin", "UTC"])
def test_a_moment_with_a_zone_in_parquet_keeps_its_local_day(tmp_path: Path, zone: str) -> None:
    moment = pd.Timestamp("2024-05-01 00:30", tz="Europe/Berlin")
    for unit in ("s", "ms", "us", "ns"):
        dates = pa.array([moment, None], pa.timestamp(unit, zone))
        pq.write_table(pa.table({"text": ["A.", "B."], "date": dates}), tmp_path / "a.parquet")
        documents = fa.read_documents(tmp_path / "a.parquet")
        day = "2024-04-30" if zone == "UTC" else "2024-05-01"
        assert days_of(documents)[:1] == [day]

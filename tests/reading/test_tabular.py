"""Tables of articles: CSV, JSON lines, Parquet, DataFrames."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import ReadingError
from analysis.reading import delimited
from analysis.tables.checks import check_table


def read(path: Path, data: str, **options: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    path.write_bytes(data.encode())
    documents, skipped = fa.read_documents(path, return_skipped=True, **options)
    check_table(documents, "documents")
    check_table(skipped, "skipped")
    return documents, skipped


def test_csv_texts_are_literal_and_an_empty_one_is_an_empty_document(tmp_path: Path) -> None:
    """I07"""
    texts = ["NA", "null", "None", "nan", "n/a", ""]
    for name, lines in {
        "one.csv": ["text", *texts],
        "two.csv": ["id,text", *(f"{n},{text}" for n, text in enumerate(texts))],
    }.items():
        documents, skipped = read(tmp_path / name, "\n".join([*lines, ""]))
        assert documents["text"].tolist() == texts
        assert skipped.empty


def test_other_csv_cells_are_literal_too_and_null_only_where_empty(tmp_path: Path) -> None:
    documents, _ = read(tmp_path / "a.csv", "text,outlet,year\nA.,NA,2015\nB.,,\n")
    assert documents["outlet"].iloc[0] == "NA"
    assert documents["year"].iloc[0] == "2015"
    assert documents[["outlet", "year"]].iloc[1].isna().all()


def test_rows_without_an_id_are_named_by_file_and_row(tmp_path: Path) -> None:
    documents, _ = read(tmp_path / "speeches.csv", "id,text\n,A.\nx,B.\n,C.\n")
    assert documents["document_id"].tolist() == ["speeches#1", "x", "speeches#3"]
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "{row}.csv").write_text("text\nA.\n")
    assert fa.read_documents(tmp_path / "news")["document_id"].tolist() == ["{row}#1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    lines = [["document_id", "text", "title, short; plain"], ["1", "a, b; c\td", "T"]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(lines)
    documents, skipped = read(tmp_path / "a.csv", buffer.getvalue())
    assert documents["text"].tolist() == ["a, b; c\td"]
    assert documents["title, short; plain"].tolist() == ["T"]
    assert skipped.empty


def test_malformed_csv_lines_are_listed_and_the_others_kept(tmp_path: Path) -> None:
    data = (
        "id,text\n"
        "1,one\n"
        "2,two,too many\n"
        "3\n"
        '4,"broken "quotes" inside"\n'
        '5,"five\r\nlines"\n'
        "\n"
        "6,six\n"
        '7,"never closed\n'
        "8,eight\n"
    )
    documents, skipped = read(tmp_path / "a.csv", data)
    assert documents["document_id"].tolist() == ["1", "5", "6", "8"]
    assert documents["text"].tolist() == ["one", "five\r\nlines", "six", "eight"]
    assert skipped["row"].tolist() == [2, 3, 4, 7]
    assert skipped["what"].tolist() == ["row"] * 4
    assert skipped["reason"].iloc[0].startswith("line 3 is malformed: it has 3 fields")
    assert "never closed" in skipped["reason"].iloc[3]


def test_a_field_longer_than_pythons_default_limit_is_read(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    documents, _ = read(tmp_path / "a.csv", f'id,text\n1,"{"x" * 300_000}"\n')
    assert documents["text"].str.len().tolist() == [300_000]
    assert csv.field_size_limit() == limit


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\r\n\t,;"')),
        min_size=1,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_csv_texts_come_back_unchanged(tmp_path: Path, texts: list[str]) -> None:
    """R1"""
    buffer = io.StringIO()
    rows = [["id", "text"], *([f"d{n}", text] for n, text in enumerate(texts))]
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)
    (tmp_path / "a.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")
    documents, skipped = fa.read_documents(
        tmp_path / "a.csv", keep_furniture=True, return_skipped=True
    )
    assert documents["text"].tolist() == texts
    # Letters that look wrongly decoded are listed, and kept.
    assert not skipped["what"].eq("row").any()


def test_a_missing_text_column_names_the_columns_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,story\n1,A.\n")
    for return_skipped in (False, True):
        with pytest.raises(
            ReadingError, match=r"a\.csv'.*no column 'text'.*'id', 'story'.*text_column="
        ):
            fa.read_documents(tmp_path / "a.csv", return_skipped=return_skipped)
    assert fa.read_documents(tmp_path, text_column="story")["text"].tolist() == ["A."]


def test_in_a_folder_a_table_without_texts_is_listed_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text("id,story\n1,A.\n")
    (tmp_path / "b.txt").write_text("B.")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["document_id"].tolist() == ["b"]
    assert "'story'" in skipped["reason"].iloc[0]


@pytest.mark.parametrize(
    ("header", "message"),
    [("id,text,text", "'text' stands twice"), ('id,"text"x', "header line is malformed")],
)
def test_an_unusable_csv_header_is_refused(tmp_path: Path, header: str, message: str) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\n1,2,3\n")
    with pytest.raises(ReadingError, match=message):
        fa.read_documents(tmp_path / "a.csv")


def test_a_column_without_a_name_is_kept(tmp_path: Path) -> None:
    documents, _ = read(tmp_path / "a.csv", ",text\n0,A.\n")
    assert documents["column_1"].tolist() == ["0"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "id": 2, "text": "A."}', "'id' stands twice"),  # I12
        ('{"text": "A.", "more": {"a": 1, "a": 2}}', "'a' stands twice"),  # I12
        ('{"text": "A.", "n": NaN}', "NaN"),  # I15
        ('{"text": "A.", "n": -Infinity}', "-Infinity"),  # I15
        ('{"text": "A.", "n": 1e999}', "1e999"),  # I15
        ('["A."]', "not a JSON object"),
        ('{"text": "A."', "not valid JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"id": 7}', "no text in column 'text'"),
        ('{"text": null}', "no text in column 'text'"),
        ('{"text": 7}', "'text' is int, not text"),
    ],
)
def test_a_bad_json_line_is_listed_by_its_number_and_the_others_kept(
    tmp_path: Path, line: str, reason: str
) -> None:
    """I12, I15"""
    documents, skipped = read(tmp_path / "a.jsonl", f'{{"text": "One."}}\n\n{line}\n{{"text":""}}')
    assert documents["document_id"].tolist() == ["a#1", "a#4"]
    assert documents["text"].tolist() == ["One.", ""]
    assert skipped["row"].tolist() == [3]
    assert skipped["what"].tolist() == ["row"]
    assert reason in skipped["reason"].iloc[0]


def test_a_lone_surrogate_becomes_u_fffd_is_listed_and_can_be_exported(tmp_path: Path) -> None:
    """I13"""
    documents, skipped = read(
        tmp_path / "a.jsonl",
        r'{"text": "a\ud800b \ud83d\ude00", "title": "\udc00", "id": "\ud800"}',
    )
    assert documents[["document_id", "title", "text"]].values.tolist() == [
        ["\ufffd", "\ufffd", "a\ufffdb \U0001f600"]
    ]
    assert skipped["what"].tolist() == ["value", "value"]
    assert skipped["row"].tolist() == [1, 1]
    documents.to_parquet(tmp_path / "out.parquet")


def test_json_values_keep_their_kind_and_line_separators_stay_in_the_text(tmp_path: Path) -> None:
    lines = [
        {"text": "A\u2028b\x85c", "year": 2015, "tags": ["x", "ü"]},
        {"text": "B.", "outlet": "Daily"},
    ]
    data = "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    documents, skipped = read(tmp_path / "a.jsonl", data)
    assert documents["text"].tolist() == ["A\u2028b\x85c", "B."]
    assert documents["year"].dtype == "Int64"
    assert documents["tags"].iloc[0] == '["x", "ü"]'
    assert skipped.empty


def test_parquet_is_read_with_its_own_columns_and_nulls_are_listed(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"id": [1, 2, 3], "body": ["A.", None, "C."], "country": ["x", "y", None], "n": [1, 2, 3]}
    )
    frame.to_parquet(tmp_path / "a.parquet")
    documents, skipped = fa.read_documents(tmp_path, text_column="body", return_skipped=True)
    check_table(documents, "documents")
    assert documents["document_id"].tolist() == ["1", "3"]
    assert documents["n"].dtype == "int64"
    assert documents["country"].isna().tolist() == [False, True]
    assert skipped[["row", "what"]].values.tolist() == [[2, "row"]]


def test_a_dataframe_is_read_like_a_table_and_never_changed() -> None:
    frame = pd.DataFrame(
        {"text": ["A.", None, "C.", 4], "outlet": [1, 2.0, np.nan, 4], "year": [1, 2, 3, 4]},
        index=[7, 7, 8, 9],
    )
    before = frame.copy(deep=True)
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    pd.testing.assert_frame_equal(frame, before)
    assert documents["document_id"].tolist() == ["row_1", "row_3"]
    assert documents["outlet"].tolist()[:1] == ["1"]
    assert documents["year"].tolist() == [1, 3]
    assert documents["path"].isna().all()
    assert skipped["row"].tolist() == [2, 4]
    assert isinstance(documents.index, pd.RangeIndex)


def test_a_named_index_is_not_lost() -> None:
    frame = pd.DataFrame({"document_id": ["x"], "text": ["A."]}).set_index("document_id")
    assert fa.read_documents(frame)["document_id"].tolist() == ["x"]


def test_an_empty_dataframe_gives_an_empty_table_and_one_without_texts_is_refused() -> None:
    """S09"""
    documents = fa.read_documents(pd.DataFrame({"text": []}))
    check_table(documents, "documents")
    assert documents.empty
    with pytest.raises(ReadingError, match=r"no column 'text'.*'story'"):
        fa.read_documents(pd.DataFrame({"story": ["A."]}))
    with pytest.raises(ReadingError, match=r"nothing in the DataFrame can be read.*row 1"):
        fa.read_documents(pd.DataFrame({"text": [None]}))


def test_columns_whose_names_the_package_needs_are_renamed_and_listed() -> None:
    frame = pd.DataFrame({"text": ["A."], "category": ["politics"], "sha256": ["0"], "topic": [1]})
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    assert documents[["category_given", "sha256_given", "topic"]].values.tolist() == [
        ["politics", "0", 1]
    ]
    assert "category" not in documents
    assert skipped["what"].tolist() == ["metadata", "metadata"]


def test_what_is_read_can_be_read_again_and_split(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["Talks resume\n\nThe sides met."], "date": ["2015-03-12"]})
    documents = fa.read_documents(frame)
    documents.to_parquet(tmp_path / "documents.parquet")
    again, _ = fa.read_documents(tmp_path / "documents.parquet", return_skipped=True)
    pd.testing.assert_frame_equal(
        again[documents.columns].drop(columns="path"), documents.drop(columns="path")
    )


def test_a_parquet_file_with_a_type_of_another_program_is_refused(tmp_path: Path) -> None:
    """I35."""
    # What older versions of Arrow would have run when they read the file.
    metadata = {
        b"ARROW:extension:name": b"arrow.py_extension_type",
        b"ARROW:extension:metadata": b"cos\nabort\n(tR.",
    }
    field = pa.field("text", pa.string(), metadata=metadata)
    table = pa.table([pa.array(["Talks."])], schema=pa.schema([field]))
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(ReadingError, match="which only the program that wrote it knows"):
        fa.read_documents(tmp_path / "a.parquet")


def test_a_field_beyond_the_limit_is_named_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I11."""
    monkeypatch.setattr(delimited, "_LONGEST_FIELD", 1_000)
    (tmp_path / "a.csv").write_text(f"text\nTalks.\n{'a' * 2_000}\n", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path / "a.csv", return_skipped=True)
    assert documents["text"].tolist() == ["Talks."]
    assert "1,000" in skipped["reason"].iloc[0]


def test_an_index_called_like_a_column_is_that_column_once_more() -> None:
    frame = pd.DataFrame({"document_id": ["a", "b"], "text": ["One.", "Two."]})
    plain = fa.read_documents(frame)
    for index in (["document_id"], ["document_id", "text"]):
        pd.testing.assert_frame_equal(fa.read_documents(frame.set_index(index, drop=False)), plain)

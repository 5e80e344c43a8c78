"""A table of metadata beside the articles, or named by the user."""

from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.txt", "sub/a.txt"):
        (tmp_path / name).write_text(f"Title of {name}\n\nBody of the text.")
    return tmp_path


def read(folder: Path, metadata: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    (folder / "metadata.csv").write_text(metadata, encoding="utf-8")
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    return documents.set_index("document_id"), skipped


def test_rows_are_matched_by_file_and_unknown_columns_are_kept(folder: Path) -> None:
    documents, skipped = read(
        folder,
        "file,outlet,date,title,region\n"
        "a.txt,Daily,2015-03-12,Given title,north\n"
        "c.txt,(unknown),,,\n"
        "sub\\a.txt,NA,,,south\n",
    )
    assert skipped.empty
    assert documents.index.tolist() == ["a", "b", "sub/a", "sub/c"]
    given = documents.loc[["a"], ["outlet", "title", "region"]]
    assert given.values.tolist() == [["Daily", "Given title", "north"]]
    assert documents.loc["a", "date"] == pd.Timestamp("2015-03-12")
    assert documents.loc["sub/c", "outlet"] == "(unknown)"
    assert documents.loc["sub/c", "title"] == "Title of sub/c.txt"
    assert documents.loc["sub/a", "outlet"] == "NA"
    assert documents.loc[["b"], ["outlet", "date", "region"]].isna().all(axis=None)
    assert "file" not in documents


def test_rows_are_matched_by_document_id(folder: Path) -> None:
    documents, _ = read(folder, "document_id;outlet\nsub/a;Daily\n")
    assert documents["outlet"].dropna().to_dict() == {"sub/a": "Daily"}


def test_with_both_columns_the_id_names_the_document(folder: Path) -> None:
    documents, _ = read(folder, "file,document_id,outlet\na.txt,first,Daily\n,b,Weekly\n")
    assert documents["outlet"].dropna().to_dict() == {"first": "Daily", "b": "Weekly"}


def test_a_file_name_written_in_composed_letters_finds_the_decomposed_one(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text("A.")
    documents, skipped = read(tmp_path, "file,outlet\ncafé.txt,Daily\n")
    assert documents["outlet"].tolist() == ["Daily"]
    assert skipped.empty


def test_a_row_of_a_table_of_articles_can_be_given_metadata(tmp_path: Path) -> None:
    (tmp_path / "news.csv").write_text("text,outlet,date\nA.,Daily,2015\nB.,Weekly,2016\n")
    documents, _ = read(tmp_path, "file,region,outlet\nnews.csv,north,\n")
    assert documents["region"].tolist() == ["north", "north"]
    assert documents["outlet"].tolist() == ["Daily", "Weekly"]


def test_rows_that_fit_no_document_are_listed(folder: Path) -> None:
    _, skipped = read(folder, "file,outlet\nz.txt,Daily\n,Daily\na.txt,Daily,too many\n")
    assert skipped["what"].tolist() == ["metadata"] * 3
    assert skipped["row"].tolist() == [1, 2, 3]
    assert "'z.txt'" in skipped["reason"].iloc[0]


def test_a_bare_name_that_two_files_have_is_listed(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "sub" / "b.txt")
    (folder / "other").mkdir()
    (folder / "other" / "a.txt").write_text("A.")
    documents, skipped = read(folder, "file,outlet\na.txt,Daily\n")
    assert documents["outlet"].isna().all()
    assert "may be 'other/a.txt' or 'sub/a.txt'" in skipped["reason"].iloc[0]


def test_an_unclear_date_is_listed_with_its_row(folder: Path) -> None:
    documents, skipped = read(folder, "file,date\na.txt,2015-01-01\nb.txt,03/04/2015\n")
    assert documents["date"].notna().sum() == 1
    assert skipped[["row", "what"]].values.tolist() == [[2, "value"]]


def test_a_note_names_the_line_that_a_spreadsheet_shows(folder: Path) -> None:
    rows = 'file,note\na.txt,"two\nlines"\n\nb.txt,\ngone.txt,\n'
    documents, skipped = read(folder, rows)
    assert skipped[["row", "line"]].values.tolist() == [[3, 6]]
    report = fa.reading_report(documents.reset_index(), skipped)
    assert report.loc[report["check"] == "changed", "detail"].iloc[0].startswith("line 6: ")


@pytest.mark.parametrize(
    "rows", ["a.txt,\na.txt,\n", "a.txt,\n./a.txt,\n", "a.txt,\n,a\n"], ids=["same", "dot", "id"]
)
def test_two_rows_for_one_document_are_refused_and_both_named(folder: Path, rows: str) -> None:
    with pytest.raises(ReadingError, match=r"lines 2 and 3 of .*metadata\.csv.*a\.txt"):
        read(folder, f"file,document_id\n{rows}")


def test_metadata_that_cannot_be_matched_names_its_columns(folder: Path) -> None:
    with pytest.raises(
        ReadingError, match=r"metadata\.csv.*'file'.*'document_id'.*'name', 'outlet'"
    ):
        read(folder, "name,outlet\na.txt,Daily\n")


def test_an_empty_metadata_file_is_listed_and_the_articles_are_read(folder: Path) -> None:
    documents, skipped = read(folder, "")
    assert len(documents) == 4
    assert skipped["what"].tolist() == ["file"]


def test_a_metadata_file_with_texts_is_a_table_of_articles(folder: Path) -> None:
    documents, skipped = read(folder, "document_id,text\nx,A.\n")
    assert "x" in documents.index
    assert len(documents) == 5
    assert skipped.empty


@pytest.mark.parametrize("key", ["file", "document_id"])
@pytest.mark.parametrize("text_column", ["text", "body"])
def test_a_metadata_file_with_texts_that_names_a_file_beside_it_is_metadata(
    folder: Path, key: str, text_column: str
) -> None:
    named = {"file": "a.txt", "document_id": "a"}[key]
    (folder / "metadata.csv").write_text(f"{key},outlet,{text_column}\n{named},X,Summary\n")
    documents, skipped = fa.read_documents(folder, text_column=text_column, return_skipped=True)
    assert len(documents) == 4
    assert documents["outlet"].dropna().tolist() == ["X"]
    assert documents["text"].str.startswith("Title of").all()
    kept = {"text": "text_given", "body": "body"}[text_column]
    assert documents[kept].dropna().tolist() == ["Summary"]
    assert skipped["reason"].str.contains("'text_given'").tolist() == [True] * (kept != "body")


def test_a_table_of_articles_may_be_named_metadata_and_tell_where_they_are_from(
    folder: Path,
) -> None:
    documents, skipped = read(folder, "file,text\nelsewhere.txt,A.\n")
    assert len(documents) == 5
    assert skipped.empty


def test_notes_on_metadata_in_an_archive_name_the_archive(tmp_path: Path) -> None:
    for rows in ("file,date\na.txt,soon\n", "", "file,a,a\n"):
        with ZipFile(tmp_path / "week.zip", "w") as archive:
            archive.writestr("a.txt", "A.")
            archive.writestr("metadata.csv", rows)
        _, skipped = fa.read_documents(tmp_path / "week.zip", return_skipped=True)
        assert skipped["path"].tolist() == [f"{tmp_path.as_posix()}/week.zip/metadata.csv"]


def test_metadata_in_a_subfolder_is_listed_with_the_reason(folder: Path) -> None:
    (folder / "sub" / "metadata.csv").write_text("file,outlet\nc.txt,Daily\n")
    _, skipped = fa.read_documents(folder, return_skipped=True)
    assert "metadata.csv at the top of the folder" in skipped["reason"].iloc[0]


@pytest.mark.parametrize("source", ["a.txt", "*.txt", "a.*"])
def test_a_file_or_pattern_uses_the_metadata_beside_it(folder: Path, source: str) -> None:
    (folder / "metadata.csv").write_text("file,outlet\na.txt,Daily\nsub/c.txt,Weekly\n")
    documents, skipped = fa.read_documents(folder / source, return_skipped=True)
    assert documents["outlet"].iloc[0] == "Daily"
    assert skipped.empty


def test_metadata_can_be_a_file_anywhere_or_a_dataframe(folder: Path) -> None:
    table = pd.DataFrame({"document_id": ["a"], "outlet": ["Daily"], "year": [2015]})
    before = table.copy(deep=True)
    (folder / "metadata.csv").write_text("file,outlet\na.txt,Not used\n")
    table.to_csv(folder / "about.csv", index=False)
    table.to_parquet(folder / "about.parquet")
    for metadata in (table, folder / "about.csv", str(folder / "about.parquet")):
        documents = fa.read_documents(folder / "*.txt", metadata=metadata)
        assert documents["outlet"].dropna().tolist() == ["Daily"]
    pd.testing.assert_frame_equal(table, before)
    articles = pd.DataFrame({"id": ["a"], "text": ["A."]})
    assert fa.read_documents(articles, metadata=table)["year"].tolist() == [2015]


def test_the_chosen_metadata_file_is_not_read_as_articles(folder: Path) -> None:
    (folder / "about.csv").write_text("file,outlet\na.txt,Daily\n")
    _, skipped = fa.read_documents(folder, metadata=folder / "about.csv", return_skipped=True)
    assert skipped.empty


@pytest.mark.parametrize(
    ("metadata", "message"),
    [("missing.csv", "cannot be opened"), ("a.txt", "is no table"), ("empty.csv", "empty")],
)
def test_chosen_metadata_that_cannot_be_read_is_refused(
    folder: Path, metadata: str, message: str
) -> None:
    (folder / "empty.csv").write_text("")
    with pytest.raises(ReadingError, match=message):
        fa.read_documents(folder / "a.txt", metadata=folder / metadata)


def test_metadata_alone_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("file,outlet\na.txt,Daily\n")
    with pytest.raises(ReadingError, match="holds no articles"):
        fa.read_documents(tmp_path)


def test_metadata_of_the_wrong_type_is_a_type_error(folder: Path) -> None:
    with pytest.raises(TypeError, match="metadata must be a path or a pandas DataFrame"):
        fa.read_documents(folder, metadata={"file": ["a.txt"]})

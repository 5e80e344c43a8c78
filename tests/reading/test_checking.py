"""The reading report names what needs a look before anything is counted."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.tables.checks import check_table

ARTICLE = " ".join(f"Sentence {n} tells of the talks at river crossing {n}." for n in range(30))


def report(texts: list[str], **options: float) -> pd.DataFrame:
    table = fa.reading_report(fa.documents_from_texts(texts), **options)
    check_table(table, "reading_report")
    return table


def found(table: pd.DataFrame, check: str) -> list[list[object]]:
    rows = table[table["check"] == check]
    return rows[["document_id", "other_document_id"]].values.tolist()


def test_every_document_has_a_row_with_its_length() -> None:
    table = report([ARTICLE, "Talks."])
    read = table[table["check"] == "read"]
    assert read["detail"].tolist() == ["300 tokens", "1 tokens"]


def test_short_and_empty_texts_are_listed() -> None:
    table = report([ARTICLE, "Page not found.", " — "])
    assert [row[0] for row in found(table, "short")] == ["text_0002"]
    assert [row[0] for row in found(table, "empty")] == ["text_0003"]
    assert not (report([ARTICLE, "Page not found."], short=2)["check"] == "short").any()


def test_articles_without_a_title_are_listed_and_a_given_title_mends_it() -> None:
    texts = [f"Talks resume\n\n{ARTICLE}", f"Talks resume after a week.\n\n{ARTICLE} More."]
    documents = fa.documents_from_texts(texts)
    table = fa.reading_report(documents)
    assert [row[0] for row in found(table, "untitled")] == ["text_0002"]
    titled = documents.fillna({"title": "Talks resume after a week"})
    assert found(fa.reading_report(titled), "untitled") == []
    roles = fa.split_paragraphs(titled).groupby("document_id")["role"].first()
    assert roles.tolist() == ["headline", "headline"]


def test_the_line_on_what_was_read_counts_files_rows_and_articles(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Talks resume\n\nEnvoys met.\n")
    (tmp_path / ".hidden").write_text("of the system")
    read = fa.read_documents(tmp_path, return_skipped=True)
    note = "1 note on what was skipped, guessed or changed"
    assert fa.describe_reading(*read) == f"1 article read; {note}"
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "week.csv").write_text("text\nAid arrives.\n \n")
    read = fa.read_documents(tmp_path, return_skipped=True)
    assert fa.describe_reading(*read).startswith("3 articles read; 1 file could not be read; ")


def test_the_same_words_in_other_capitals_are_a_duplicate_of_the_first() -> None:
    table = report([ARTICLE, "Other.", ARTICLE.upper().replace(" ", "\n"), ARTICLE])
    assert found(table, "duplicate") == [["text_0003", "text_0001"], ["text_0004", "text_0001"]]
    assert found(table, "near-duplicate") == []


def test_an_agency_text_that_was_cut_and_given_a_headline_is_a_near_duplicate() -> None:
    cut = "A new headline by the outlet.\n\n" + ARTICLE[: len(ARTICLE) * 2 // 3]
    other = " ".join(f"Paragraph {n} is of prices in market {n * n}." for n in range(40))
    table = report([ARTICLE, other, cut])
    assert found(table, "near-duplicate") == [["text_0003", "text_0001"]]
    [similarity] = table.loc[table["check"] == "near-duplicate", "similarity"]
    assert 0.9 < similarity < 1
    assert found(report([ARTICLE, other, cut], similar=1.0), "near-duplicate") == []


def test_similarity_is_the_share_of_runs_that_a_slow_count_finds() -> None:
    one = ARTICLE.split()
    two = one[:100] + [f"word{n}" for n in range(60)]
    table = report([" ".join(one), " ".join(two)], similar=0.2)
    runs = [{tuple(w[n : n + 5]) for n in range(len(w) - 4)} for w in (clean(one), clean(two))]
    expected = len(runs[0] & runs[1]) / min(map(len, runs))
    assert table["similarity"].dropna().tolist() == pytest.approx([expected])


def clean(words: list[str]) -> list[str]:
    return [word.strip(".").lower() for word in words]


def test_a_thousand_copies_are_duplicates_of_one() -> None:
    """I41."""
    table = report([ARTICLE] * 1_000)
    assert len(found(table, "duplicate")) == 999
    assert {row[1] for row in found(table, "duplicate")} == {"text_0001"}


def test_what_was_skipped_guessed_or_changed_is_part_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("El año pasado habló de la seguridad".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.csv").write_text("text,date\nTalks.,spring\n,2024-01-01\n", encoding="utf-8")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    table = fa.reading_report(documents, skipped)
    check_table(table, "reading_report")
    kinds = table[table["check"].isin(["guessed", "skipped", "changed"])]
    names = kinds["path"].str.rpartition("/")[2]
    assert sorted(zip(names, kinds["check"], strict=True)) == [
        ("a.txt", "guessed"),
        ("b.txt", "skipped"),
        ("c.csv", "changed"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It didn\u00e2\u20ac\u2122t, didn\u00e2\u20ac\u2122t it?", 2),
        ("It&#39;s &amp;quot;over&amp;quot;&nbsp;now", 4),
        ("Jos\u00c3\u00a9 paid \u00c2\u00a35", 2),
        ("It\x92s \ufffd", 2),
        ("\u041f\u0440\u0438\u0432\u0435\u0442".encode().decode("cp1252", "ignore"), 1),
        ("&amp;amp;#39; &lt;p&gt; &frac12; &#x27;", 5),
    ],
)
def test_leftovers_of_wrong_decoding_are_counted_and_named(text: str, found: int) -> None:
    table = report([f"{ARTICLE} {text}", ARTICLE])
    [row] = table[table["check"] == "garbled"].to_dict("records")
    assert (row["document_id"], row["n_garbled"]) == ("text_0001", found)
    assert table.loc[table["check"] == "read", "n_garbled"].tolist() == [found, 0]


@pytest.mark.parametrize(
    "text",
    [
        "\u00abCAF\u00c9\u00bb, LIBERT\u00c9\u201d and AMANH\u00c3\u201d",
        "S\u00e3o Paulo, \u00c2ge d'or, \u00a35 \u00a9 2024, 5 \u20ac",
        "AT&T; R&D; a & b; Marks&Spencer;",
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u0395\u03bb\u03bb\u03ac\u03b4\u03b1, \u4e2d\u6587",
    ],
)
def test_letters_of_other_languages_are_no_leftovers(text: str) -> None:
    table = report([text], short=0)
    assert table["n_garbled"].max() == 0
    assert not (table["check"] == "garbled").any()


def test_no_documents_give_an_empty_report_and_a_wrong_share_is_refused() -> None:
    assert report([]).empty
    with pytest.raises(ValueError, match="similar is 0"):
        report([ARTICLE], similar=0)


def test_one_very_long_paragraph_is_listed() -> None:
    long = ARTICLE * 3
    table = report([f"Talks resume\n\n{long}", ARTICLE, "\n\n".join([ARTICLE] * 4)])
    assert [row[0] for row in found(table, "paragraphs")] == ["text_0001"]
    detail = table.loc[table["check"] == "paragraphs", "detail"].iloc[0]
    assert detail.startswith("one paragraph has 898 tokens: set its paragraphs apart")


def test_lines_that_tear_sentences_without_a_common_width_are_listed() -> None:
    torn = (
        "The envoys met at the river in the early morning\nand then went on to the town where they "
        "had dinner with those who had\nwaited for them since the day before yesterday\nat noon."
    )
    poem = "A line of wire\nThat no one sees,\nA guard of fire\nBeneath the trees."
    small = torn.lower().replace(".", "")
    table = report([torn, f"The border\n\n{poem}", small, f"Talks\n\n{ARTICLE}"])
    assert [row[0] for row in found(table, "paragraphs")] == ["text_0001"]
    assert "tear its sentences" in table.loc[table["check"] == "paragraphs", "detail"].iloc[0]

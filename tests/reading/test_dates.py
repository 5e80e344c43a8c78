"""Dates are read where they can mean one day only; the others are null and listed."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis as fa


def read_dates(*values: object) -> tuple[pd.Series, pd.DataFrame]:
    articles = pd.DataFrame({"text": ["A."] * len(values), "date": pd.Series(values, dtype=object)})
    documents, skipped = fa.read_documents(articles, return_skipped=True)
    return documents["date"], skipped


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-03-12", "2015-03-12"),
        ("2015-03-12T10:30:00", "2015-03-12 10:30"),
        ("2015-03-12 10:30", "2015-03-12 10:30"),
        ("2015-03-12T23:30:00-02:00", "2015-03-12 23:30"),
        ("2015-03-12T23:30:00.123Z", "2015-03-12 23:30:00.123"),
        ("2015-03-12 10:30:00 +0100", "2015-03-12 10:30"),
        ("20150312", "2015-03-12"),
        ("2015/3/12", "2015-03-12"),
        ("12 March 2015", "2015-03-12"),
        ("Thursday, 12th Mar. 2015", "2015-03-12"),
        ("March 12, 2015", "2015-03-12"),
        ("Sept 1 2015", "2015-09-01"),
        ("Thu, 12 Mar 2015 10:00:00 +0100", "2015-03-12 10:00"),
        ("12 Mar 2015 10:00 GMT", "2015-03-12 10:00"),
        # As databases write them, in English, German, French, Dutch and Chinese.
        ("March 12, 2015 Thursday 9:20 AM GMT", "2015-03-12 09:20"),
        ("March 12, 2015 12:05 AM", "2015-03-12 00:05"),
        ("March 12, 2015 12:05 p.m.", "2015-03-12 12:05"),
        ("Thursday, 12 March 2015 09:15", "2015-03-12 09:15"),
        ("12-Mar-2015", "2015-03-12"),
        ("12. März 2015", "2015-03-12"),
        ("Donnerstag, 12. März 2015 um 18:00 Uhr", "2015-03-12 18:00"),
        ("28. Februar 2012 Dienstag 2:21 PM GMT+1", "2012-02-28 14:21"),
        ("3. Jänner 2015", "2015-01-03"),
        ("jeudi 12 mars 2015", "2015-03-12"),
        ("le mardi 1er août 1989 à 10h30", "1989-08-01 10:30"),
        ("De\u0301cembre 12, 2015", "2015-12-12"),
        ("12 AOÛT 2015", "2015-08-12"),
        ("donderdag 12 maart 2015", "2015-03-12"),
        ("12 mei 2015 om 10:00 uur", "2015-05-12 10:00"),
        ("2018 年 10 月 7 日 17:04", "2018-10-07 17:04"),
        ("2018年10月7日", "2018-10-07"),
        ("Thu Mar 12 10:00:00 +0000 2015", "2015-03-12 10:00"),
        ("20150312T103000Z", "2015-03-12 10:30"),
        ("2015-03-12 um 10:30", "2015-03-12 10:30"),
        ("Publié le 1\u1d49\u02b3 mars 2015 à 10h05", "2015-03-01 10:05"),
        ("Veröffentlicht am 12. März 2015, 10 Uhr", "2015-03-12 10:00"),
        ("Gepubliceerd op 12 mrt. 2015 om 10.05 uur", "2015-03-12 10:05"),
        ("First published: March 12th, 2015 9 AM", "2015-03-12 09:00"),
        ("the 12th of March, 2015", "2015-03-12"),
        ("12\xa0juill. 2015", "2015-07-12"),
        ("12 févr 2015", "2015-02-12"),
        ("3. Mrz. 2015", "2015-03-03"),
        ("1.März 2015", "2015-03-01"),
        ("12MAR2015", "2015-03-12"),
        ("12 March 2015 / 10:05 GMT", "2015-03-12 10:05"),
        ("12 March 2015 \u2013 10:05 (CET)", "2015-03-12 10:05"),
        ("Thu Mar 12 2015 10:00:00 GMT+0100 (Central European Time)", "2015-03-12 10:00"),
        ("March 12, 2015 Thursday Late Edition", "2015-03-12"),
        ("March 12, 2015 Thursday; 1ST EDITION", "2015-03-12"),
        ("12. März 2015 Donnerstag; Hamburger Ausgabe", "2015-03-12"),
        ("jeudi 12 mars 2015 édition Paris", "2015-03-12"),
        ("20150312103000", "2015-03-12 10:30"),
        ("20150312 10:30", "2015-03-12 10:30"),
        ("2015-03-12T9:05", "2015-03-12 09:05"),
        ("2015-03-12 23:30:00.123 UTC", "2015-03-12 23:30"),
        ("2015-03-12T23:30:00.123456789", "2015-03-12 23:30:00.123456"),
        ("\uff12\uff10\uff11\uff15年３月１２日", "2015-03-12"),
        ("25. 3. 2015", "2015-03-25"),
        ("25/03/2015", "2015-03-25"),
        ("25/03/2015 10:30", "2015-03-25 10:30"),
        ("25.3.1958", "1958-03-25"),
        ("03/25/2015", "2015-03-25"),
        ("25.3.2015", "2015-03-25"),
        ("03/03/2015", "2015-03-03"),
        (" 2015-03-12 ", "2015-03-12"),
        ("1750-01-01", "1750-01-01"),
        (pd.Timestamp("2015-03-12 01:00", tz="Europe/Berlin"), "2015-03-12 01:00"),
        (dt.datetime.fromisoformat("2015-03-12T23:30-07:00"), "2015-03-12 23:30"),
        (dt.date(2015, 3, 12), "2015-03-12"),
        (np.datetime64("2015-03-12"), "2015-03-12"),
        (pd.Period("2015-03-12"), "2015-03-12"),
        (pd.Timestamp("1000-01-01"), "1000-01-01"),
    ],
)
def test_a_date_is_read(value: object, expected: str) -> None:
    dates, skipped = read_dates(value)
    assert dates.tolist() == [pd.Timestamp(expected)]
    assert skipped.empty


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("03/04/2015", "may be 2015-04-03 or 2015-03-04"),
        ("31/02/2015", "not understood"),
        ("13/13/2015", "not understood"),
        ("2015-02-30", "not understood"),
        ("2015-3-32", "not understood"),
        ("0000-01-01", "not understood"),
        ("12/03/15", "not understood"),
        ("1714521600", "name the column 'date_seconds'"),
        ("1714521600000", "name the column 'date_milliseconds'"),
        ("yesterday", "not understood"),
        ("12 Mar 2015 10:00 XYZ", "not understood"),
        ("March 12 2015 and more", "not understood"),
        ("Printed on March 12, 2015", "not understood"),
        ("Thursday", "not understood"),
        ("March 12, 2015 13:05 PM", "not understood"),
        ("30. Februar 2015", "not understood"),
        ("2015", "a year without a day; name the column 'year'"),
        ("03.04.2015", "may be 2015-04-03 or 2015-03-04"),
        ("14/05/24", "each of its numbers may be the year"),
        ("31.02.2015", "there is no such day or hour"),
        ("29 February 2015", "there is no such day or hour"),
        ("14 mayo 2015", "'mayo' is no word of a date in English, German, French or Dutch"),
        ("14 мая 2015", "'мая' is no word of a date"),
        ("14 مايو 2015", "'مايو' is no word of a date"),
        ("令和6年5月14日", "'令和' is no word of a date"),
        ("Updated: 12 March 2015", "'Updated' is no word of a date"),
        ("1403-02-25", "no newspaper is of that year"),
        ("14. Mai 2567", "no newspaper is of that year"),
        ("March 12-13, 2015", "not understood"),
        ("12 March 2015 Edition 13 March 2015", "not understood"),
    ],
)
def test_a_date_that_is_unclear_is_null_and_listed_with_its_row(value: str, reason: str) -> None:
    dates, skipped = read_dates("2015-03-12", value)
    assert dates.isna().tolist() == [False, True]
    assert skipped[["row", "what"]].values.tolist() == [[2, "value"]]
    assert value in skipped["reason"].iloc[0]
    assert reason in skipped["reason"].iloc[0]


@pytest.mark.parametrize("value", [2015, 2015.0, "1979"])
def test_a_year_alone_is_no_first_of_january(value: object) -> None:
    dates, skipped = read_dates(value)
    assert dates.isna().all()
    assert "name the column 'year'" in skipped["reason"].iloc[0]


@pytest.mark.parametrize(
    ("value", "expected", "reason"),
    [
        ("2015-03", "2015-03-01", "it names no day"),
        ("May 2015", "2015-05-01", "it names no day"),
        ("Oktober 2015", "2015-10-01", "it names no day"),
        ("10/2015", "2015-10-01", "it names no day"),
        ("12-Mar-15", "2015-03-12", "two digits"),
        ("12 Mar 73", "1973-03-12", "two digits"),
        (45427, "2024-05-15", "spreadsheets"),
        ("45427", "2024-05-15", "spreadsheets"),
        (45427.5, "2024-05-15 12:00", "spreadsheets"),
    ],
)
def test_what_is_guessed_of_a_date_is_listed(value: object, expected: str, reason: str) -> None:
    dates, skipped = read_dates(value)
    assert dates.tolist() == [pd.Timestamp(expected)]
    assert skipped["what"].tolist() == ["value"]
    assert str(value) in skipped["reason"].iloc[0]
    assert expected[:10] in skipped["reason"].iloc[0]
    assert reason in skipped["reason"].iloc[0]


@pytest.mark.parametrize(
    ("sure", "expected", "order"),
    [
        ("25/03/2015", "2015-04-03", "day, month, year"),
        ("03/25/2015", "2015-03-04", "month, day, year"),
    ],
)
def test_the_other_dates_of_a_column_decide_what_comes_first(
    sure: str, expected: str, order: str
) -> None:
    dates, skipped = read_dates("03/04/2015", sure, "05/05/2015", "03/04/2015 10:30")
    assert dates.iloc[[0, 3]].dt.strftime("%Y-%m-%d").tolist() == [expected] * 2
    assert dates.notna().all()
    (reason,) = skipped["reason"]
    assert "'03/04/2015'" in reason
    assert sure in reason
    assert order in reason


def test_a_column_with_both_orders_or_another_sign_decides_nothing() -> None:
    dates, skipped = read_dates("03/04/2015", "25/03/2015", "03/25/2015", "25.03.2015")
    assert dates.isna().tolist() == [True, False, False, False]
    assert "may be 2015-04-03 or 2015-03-04" in skipped["reason"].iloc[0]


def test_the_dates_of_a_table_of_metadata_decide_what_comes_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Talks resume.")
    (tmp_path / "metadata.csv").write_text("file,date\na.txt,03/04/2015\nb.txt,25/03/2015\n")
    documents, skipped = fa.read_documents(tmp_path, return_skipped=True)
    assert documents["date"].iloc[0] == pd.Timestamp("2015-04-03")
    assert "day, month, year" in skipped["reason"].iloc[0]


@pytest.mark.parametrize("value", [None, "", " ", np.nan, pd.NaT])
def test_an_empty_date_is_null_silently(value: object) -> None:
    dates, skipped = read_dates(value)
    assert dates.isna().all()
    assert dates.dtype == "datetime64[us]"
    assert skipped.empty


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("date_seconds", 1430438399, "2015-04-30 23:59:59"),
        ("date_seconds", "1430438399", "2015-04-30 23:59:59"),
        ("date_seconds", 1430438399.5, "2015-04-30 23:59:59.5"),
        ("date_milliseconds", 1430438399123, "2015-04-30 23:59:59.123"),
        ("created_utc", 1430438399, "2015-04-30 23:59:59"),
        ("timestamp_ms", "1430438399123", "2015-04-30 23:59:59.123"),
        ("created_utc", "2015-04-30T23:30:00-07:00", "2015-04-30 23:30"),
    ],
)
def test_a_column_that_says_so_counts_seconds_or_milliseconds(
    column: str, value: object, expected: str
) -> None:
    articles = pd.DataFrame({"text": ["A."], column: pd.Series([value], dtype=object)})
    documents, skipped = fa.read_documents(articles, return_skipped=True)
    assert documents["date"].tolist() == [pd.Timestamp(expected)]
    assert documents[column].tolist() == [value]
    assert skipped.empty


def test_a_date_that_is_given_comes_before_a_count() -> None:
    articles = pd.DataFrame(
        {"text": ["A.", "B."], "date": ["2015-05-01", ""], "date_seconds": [1430438399] * 2}
    )
    dates = fa.read_documents(articles)["date"]
    assert dates.dt.strftime("%Y-%m-%d").tolist() == ["2015-05-01", "2015-04-30"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_seconds", 1430438399000),
        ("date_milliseconds", 1430438399),
        ("date_seconds", 20150312),
        ("date_seconds", 2015),
        ("date_seconds", -1430438399),
        ("date_seconds", 10**400),
        ("date_seconds", "soon"),
    ],
)
def test_a_count_of_the_wrong_unit_is_null_and_listed(column: str, value: object) -> None:
    articles = pd.DataFrame({"text": ["A."], column: pd.Series([value], dtype=object)})
    documents, skipped = fa.read_documents(articles, return_skipped=True)
    assert documents["date"].isna().all()
    assert skipped["what"].tolist() == ["value"]

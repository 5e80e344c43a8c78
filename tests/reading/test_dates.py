"""Dates are read where they can mean one day only; the others are null and listed."""

import datetime as dt

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
        ("2015-03-12T23:30:00-02:00", "2015-03-13 01:30"),
        ("2015-03-12T23:30:00.123Z", "2015-03-12 23:30:00.123"),
        ("2015-03-12 10:30:00 +0100", "2015-03-12 09:30"),
        ("20150312", "2015-03-12"),
        ("2015/3/12", "2015-03-12"),
        ("2015-03", "2015-03-01"),
        ("2015", "2015-01-01"),
        (2015, "2015-01-01"),
        (2015.0, "2015-01-01"),
        ("12 March 2015", "2015-03-12"),
        ("Thursday, 12th Mar. 2015", "2015-03-12"),
        ("March 12, 2015", "2015-03-12"),
        ("Sept 1 2015", "2015-09-01"),
        ("May 2015", "2015-05-01"),
        ("Thu, 12 Mar 2015 10:00:00 +0100", "2015-03-12 09:00"),
        ("12 Mar 2015 10:00 GMT", "2015-03-12 10:00"),
        ("25/03/2015", "2015-03-25"),
        ("03/25/2015", "2015-03-25"),
        ("25.3.2015", "2015-03-25"),
        ("03/03/2015", "2015-03-03"),
        (" 2015-03-12 ", "2015-03-12"),
        ("1750-01-01", "1750-01-01"),
        (pd.Timestamp("2015-03-12 01:00", tz="Europe/Berlin"), "2015-03-12"),
        (dt.date(2015, 3, 12), "2015-03-12"),
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
        ("yesterday", "not understood"),
        ("12 Mar 2015 10:00 XYZ", "not understood"),
        ("March 12 2015 and more", "not understood"),
    ],
)
def test_a_date_that_is_unclear_is_null_and_listed_with_its_row(value: str, reason: str) -> None:
    dates, skipped = read_dates("2015-03-12", value)
    assert dates.isna().tolist() == [False, True]
    assert skipped[["row", "what"]].values.tolist() == [[2, "value"]]
    assert value in skipped["reason"].iloc[0]
    assert reason in skipped["reason"].iloc[0]


@pytest.mark.parametrize("value", [None, "", " ", np.nan, pd.NaT])
def test_an_empty_date_is_null_silently(value: object) -> None:
    dates, skipped = read_dates(value)
    assert dates.isna().all()
    assert dates.dtype == "datetime64[us]"
    assert skipped.empty

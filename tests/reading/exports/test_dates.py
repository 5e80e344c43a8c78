"""Days as news databases write them."""

import pytest

from analysis.reading.exports.dates import day_in


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("May 14, 2024 Tuesday", "2024-05-14"),
        ("May 14, 2024 Tuesday 10:12 AM GMT", "2024-05-14"),
        ("Tuesday, September 3, 1991, Final Edition", "1991-09-03"),
        ("14 May 2024", "2024-05-14"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
        ("Freitag 1. März 2013", "2013-03-01"),
        ("mardi 14 mars 2006", "2006-03-14"),
        ("1er août 2011 lundi", "2011-08-01"),
        ("14 mei 2024 dinsdag", "2024-05-14"),
        ("9:30, 14 Dec. 2004", "2004-12-14"),
        ("2018 年 10 月 7 日 17:04", "2018-10-07"),
        ("2018-10-07T17:04:00", "2018-10-07"),
    ],
)
def test_a_day_is_read_in_each_language(line: str, day: str) -> None:
    assert day_in(line) == day


@pytest.mark.parametrize(
    "line",
    [
        "03/04/2015",
        "May 2024",
        "2024",
        "May 32, 2024",
        "Ms. May, 14, won in 2024",
        "We march 3 times, 2012 people said",
    ],
)
def test_what_names_no_day_is_none(line: str) -> None:
    assert day_in(line) is None

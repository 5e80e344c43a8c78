"""What a lexicon finds in a corpus."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table

THREAT = {"threat": ["threat*", "menace", "peril"], "aid": ["aid", "threat relief"]}


def coverage_of(text: str, categories: object = None) -> pd.DataFrame:
    lexicon = fa.lexicon_from_dict("test", categories or THREAT)
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    table = fa.lexicon_coverage(fa.find_hits(paragraphs, lexicon), lexicon)
    check_table(table, "coverage")
    return table.set_index("entry")


def test_every_entry_has_a_row_whether_it_fires_or_not() -> None:
    table = coverage_of("A threat, a menace, threats.")
    assert table["n_hits"].to_dict() == {
        "threat*": 2,
        "menace": 1,
        "peril": 0,
        "aid": 0,
        "threat relief": 0,
    }
    assert table["status"].tolist() == ["carries", "fires", "silent", "silent", "silent"]


def test_shares_add_up_within_a_category_and_are_null_where_nothing_fires() -> None:
    table = coverage_of("A threat, a menace, threats.")
    own = table[table["category"] == "threat"]
    assert own["share"].sum() == pytest.approx(1)
    assert own["cumulative_share"].tolist() == pytest.approx([2 / 3, 1, 1])
    assert table.loc["aid", ["share", "cumulative_share"]].isna().all()


def test_the_fewest_entries_that_make_half_of_the_hits_carry_the_score() -> None:
    terms = {"k": ["a1", "b1", "c1", "d1"]}
    table = coverage_of("a1 a1 b1 c1 d1", terms)
    assert table["status"].to_dict() == {
        "a1": "carries",
        "b1": "carries",
        "c1": "fires",
        "d1": "fires",
    }
    assert coverage_of("a1 b1", terms)["status"].tolist()[:2] == ["carries", "fires"]


def test_an_entry_whose_hits_were_all_vetoed_is_blocked() -> None:
    table = coverage_of(
        "Social security.", {"k": {"terms": ["security"], "exclude": ["social security"]}}
    )
    row = table.loc["security"]
    assert (row["status"], row["n_hits"], row["n_blocked"]) == ("blocked", 0, 1)


def test_overlaps_with_other_categories_are_counted_once_a_hit() -> None:
    table = coverage_of(
        "Threat relief came. A threat stayed.",
        {"threat": ["threat"], "aid": ["threat relief"], "more": ["relief", "threat relief"]},
    )
    by_class = table.reset_index().set_index(["category", "entry"])
    row = by_class.loc[("threat", "threat")]
    assert (row["n_hits"], row["n_shared"]) == (2, 1)
    assert row["shared_with"] == "aid (1), more (1)"


def test_hits_of_another_version_of_the_lexicon_are_refused() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    old = fa.lexicon_from_dict("test", {"k": ["threat"]})
    new = fa.lexicon_from_dict("test", {"k": ["threat", "peril"]})
    with pytest.raises(TableError, match="find the hits again"):
        fa.lexicon_coverage(fa.find_hits(paragraphs, old), new)


def test_no_hits_at_all_leave_every_entry_silent() -> None:
    assert set(coverage_of("Rain fell.")["status"]) == {"silent"}

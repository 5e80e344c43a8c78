"""One copy of each text stays by a rule, and every other is listed beside it."""

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentTypeError, TableError
from analysis.tables.checks import check_table


def article(first: int, last: int) -> str:
    """Write an article of numbered sentences, of which no two share a run of five words."""
    return " ".join(f"Envoys{n} met guards{n} at river{n} crossing{n}." for n in range(first, last))


def left(texts: list[str], **columns: list[object]) -> dict[str, str]:
    """Return which document was dropped for which."""
    documents = fa.documents_from_texts(texts, list("abcdefgh"[: len(texts)]))
    return dropped_from(documents.assign(**columns))


def dropped_from(documents: pd.DataFrame, **options: object) -> dict[str, str]:
    stay, dropped = fa.drop_duplicates(documents, **options)  # type: ignore[arg-type]
    check_table(stay, "documents")
    check_table(dropped, "dropped")
    assert set(dropped["kept_document_id"]) <= set(stay["document_id"])
    assert sorted([*stay["document_id"], *dropped["document_id"]]) == sorted(
        documents["document_id"]
    )
    return dict(zip(dropped["document_id"], dropped["kept_document_id"], strict=True))


def test_the_longest_copy_stays() -> None:
    assert left([article(0, 20), article(0, 30), article(0, 25)]) == {"a": "b", "c": "b"}


def test_of_the_same_words_the_earliest_date_stays_and_none_comes_last() -> None:
    dates = pd.to_datetime([None, "2024-05-03", "2024-05-02", "2024-05-02"]).tolist()
    texts = [article(0, 9), article(0, 9).upper(), article(0, 9).replace(" ", "\n"), article(0, 9)]
    assert left(texts, date=dates) == {"a": "c", "b": "c", "d": "c"}


def test_of_the_same_words_without_dates_the_lowest_id_stays() -> None:
    documents = fa.documents_from_texts([article(0, 9)] * 3, ["c", "a", "b"])
    assert dropped_from(documents) == {"c": "a", "b": "a"}


def test_what_stays_are_no_copies_even_where_a_shorter_text_repeats_both() -> None:
    bridge = f"{article(8, 20)} {article(30, 42)}"
    documents = fa.documents_from_texts([article(0, 24), bridge, article(30, 56)])
    assert dropped_from(documents, similar=0.4) == {"text_0002": "text_0003"}
    assert dropped_from(documents) == {}


def test_no_document_goes_for_one_that_goes_itself() -> None:
    # Each repeats most of the one before it, and the last hardly anything of the first.
    chain = [article(0, 20), article(6, 25), article(12, 30), article(18, 35)]
    assert left(chain) == {"b": "a", "d": "c"}


def test_the_kept_copy_named_is_the_most_similar() -> None:
    texts = [article(0, 14) + article(50, 80), article(6, 20) + article(90, 110), article(0, 18)]
    assert left(texts) == {"c": "a"}
    assert left([texts[0], texts[1], article(3, 20)]) == {"c": "b"}


def test_the_list_tells_equal_words_from_others_and_how_similar_they_are() -> None:
    cut = article(0, 20) + article(40, 45)
    documents = fa.documents_from_texts([article(0, 30), cut, article(0, 30).upper()])
    _, dropped = fa.drop_duplicates(documents)
    report = fa.reading_report(documents)
    report = report[report["other_document_id"].notna()].set_index("document_id")
    assert dropped["check"].tolist() == ["near-duplicate", "duplicate"]
    assert dropped["similarity"].tolist() == report["similarity"][dropped["document_id"]].tolist()
    assert dropped["check"].tolist() == report["check"][dropped["document_id"]].tolist()


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (None, {"a": "b", "c": "b", "d": "b", "e": "b", "f": "b"}),
        ("outlet", {"a": "b", "d": "c", "f": "e"}),
        (["outlet", "desk"], {"f": "e"}),
    ],
)
def test_by_asks_for_copies_within_groups_only(
    by: str | list[str] | None, expected: dict[str, str]
) -> None:
    texts = [article(0, n) for n in (20, 30, 25, 24, 29, 28)]
    documents = fa.documents_from_texts(texts, list("abcdef")).assign(
        outlet=["Herald", "Herald", "Gazette", "Gazette", None, None],
        desk=["home", "world", "home", "world", "home", "home"],
    )
    assert dropped_from(documents, by=by) == expected


def test_the_order_of_rows_changes_nothing_and_is_kept() -> None:
    texts = [article(n % 5, n % 5 + 10 + n) for n in range(24)] + [article(0, 12)] * 3
    documents = fa.documents_from_texts(texts).assign(desk=["a", "b", "c"] * 9)
    for by in (None, "desk"):
        expected = dropped_from(documents, by=by)
        shuffled = documents.sample(frac=1, random_state=2)
        assert dropped_from(shuffled, by=by) == expected
        stay, _ = fa.drop_duplicates(shuffled, by=by)
        ids = shuffled["document_id"]
        assert stay["document_id"].tolist() == [own for own in ids if own not in expected]
        assert stay["desk"].notna().all()


def test_texts_without_words_stay() -> None:
    assert left(["", "", " — ", article(0, 3)]) == {}


def test_a_few_words_are_no_copy_of_a_long_text_that_lacks_them() -> None:
    # The two runs of words have the same hash, to 22 bits.
    documents = fa.documents_from_texts(
        ["More details to follow", f"Envoys met 1745746 times today. {article(0, 30)}"]
    )
    assert dropped_from(documents) == {}
    assert not fa.reading_report(documents)["check"].eq("near-duplicate").any()


def test_no_documents_give_no_documents() -> None:
    assert left([]) == {}


def test_an_unknown_column_a_wrong_name_and_a_wrong_share_are_refused() -> None:
    documents = fa.documents_from_texts([article(0, 3)] * 2)
    with pytest.raises(TableError, match="no column 'paper' to group by; it has 'outlet', 'date'"):
        fa.drop_duplicates(documents, by="paper")
    with pytest.raises(ArgumentTypeError, match="by must be a name or a list of names"):
        fa.drop_duplicates(documents, by=[3])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="similar is 60"):
        fa.drop_duplicates(documents, similar=60)

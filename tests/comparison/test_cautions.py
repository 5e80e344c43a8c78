"""What could overturn a comparison is named, once, with what to do."""

from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table

LEXICON = fa.lexicon_from_dict(
    "demo",
    {
        "security": {
            "terms": ["war", "civil war*"],
            "subcategories": {"a": ["threat*"], "b": ["troops"], "c": ["crime"], "d": ["police"]},
        },
        "welfare": ["aid"],
    },
)
PLAIN = "It rained on town {n} all day, and nobody there spoke of anything else, {word}."


def checked(texts: list[str], outlets: list[str], dates: Any = None, **options: Any) -> pd.Series:
    """Return the messages by check."""
    documents = fa.documents_from_texts(texts).assign(outlet=outlets)
    documents["date"] = pd.to_datetime(pd.Series(dates or ["2025-03-01"] * len(texts)))
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, LEXICON)
    found = fa.check_comparison(documents, paragraphs, hits, by="outlet", **options)
    check_table(found, "cautions")
    return found.set_index("check")["message"]


def plain(n: int, word: str = "aid") -> list[str]:
    """Return texts that have little in common and no fault."""
    names = "Abel Bruno Clara Dora Emil Fritz Gerda Hanna Ida Jonas Karl Lena Mia Nils Otto".split()
    return [
        f"{names[k % 15]} met {names[(k + j) % 15]} in place {k}. Then {word} came to {k} again."
        for k in range(n)
        for j in (k // 15 + 1,)
    ]


def both(n: int, **options: Any) -> pd.Series:
    return checked(plain(2 * n), ["Post"] * n + ["Sun"] * n, **options)


def test_without_faults_only_what_was_not_measured_is_told() -> None:
    texts = plain(40)
    assert both(20).index.tolist() == ["precision"], texts
    assert "was not measured" in both(20)["precision"]


def test_copies_within_a_group_are_told_with_the_text_that_stays() -> None:
    texts = plain(40)
    texts[3] = texts[2]
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20)
    assert told.index[0] == "copies"
    assert told["copies"].startswith("Copies: 1 of 40 articles repeats another of the same group")
    assert "text_0004 of text_0003" in told["copies"]
    texts = plain(40)
    texts[25] = texts[2]
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20)
    assert "copies" not in told
    assert told["shared texts"].startswith("Shared texts: 1 of one group stands in another")


def test_groups_without_a_month_in_common_and_without_dates_are_told() -> None:
    apart = ["2014-03-01", "2014-05-09"] * 10 + ["2016-01-01"] * 20
    assert "(Post 2014-03 to 2014-05, Sun 2016-01)" in both(20, dates=apart)["months"]
    shared = [*apart[:39], "2014-05-30"]
    assert "months" not in both(20, dates=shared)
    assert (
        "Dates: 1 article of 40 has none" in both(20, dates=[None, *["2014-03-01"] * 39])["months"]
    )


def test_texts_without_capitals_or_stops_are_counted_by_group() -> None:
    texts = plain(40)
    for n in (20, 21):
        texts[n] = " ".join(f"word{n} came to number {k} and went away" for k in range(20))
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20)["marks"]
    assert told.startswith(
        "Capitals: there are none, or no full stops, in 2 of 20 articles of Sun:"
    )


def test_search_words_that_the_lexicon_counts_are_named_with_their_category() -> None:
    texts = [*plain(39), "A civil war. The war went on. Threats grew."]
    words = ["war", "Civil War", "threat*", "rain", ""]
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20, search_words=words)["search words"]
    assert "“war” (entry " in told
    assert "“Civil War” (entry civil war*)" in told
    assert "“threat*” (entry threat*)" in told
    assert "rain" not in told
    assert "(entry threat*) in security, which" in told
    assert "search words" not in both(20, search_words=["rain"])


@pytest.mark.parametrize(("n", "none"), [(19, False), (4, True)])
def test_few_articles_are_told(n: int, none: bool) -> None:
    told = both(n)["few"]
    assert told.startswith(f"Few articles: {n} of Post and {n} of Sun. ")
    assert ("(none below 5)" in told) == none


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((59, 20), ""),
        ((60, 20), "Uneven groups: the 20 of Sun decide how sure anything is; add more."),
        ((24, 8), "Few articles: 8 of Sun; the 8 of Sun decide how sure anything is. "),
    ],
)
def test_groups_of_very_different_sizes_are_told_once(sizes: tuple[int, int], told: str) -> None:
    found = checked(plain(sum(sizes)), ["Post"] * sizes[0] + ["Sun"] * sizes[1])
    assert found.get("few", "").startswith(told)
    assert ("few" in found.index) == bool(told)
    assert found.index.is_unique


def test_every_message_begins_with_its_name_and_stays_short() -> None:
    texts = plain(12)
    texts[1], texts[8] = texts[0], texts[0]
    texts[3] += " War." * 9
    for n in (4, 9):
        texts[n] = " ".join(f"word{n} came to number {k} and went away" for k in range(20))
    found = checked(texts, ["Post"] * 9 + ["Sun"] * 3, dates=[None] * 12, search_words=["war"])
    assert len(found) >= 7
    for message in found:
        assert message.partition(":")[0].replace(" ", "").isalpha(), message
        assert len(message.split()) <= 38, message


def test_one_article_with_more_than_a_third_of_the_hits_is_named() -> None:
    texts = plain(40, word="nothing")
    for n in range(4):
        texts[n] += " War came."
    assert "one document" not in checked(texts, ["Post"] * 20 + ["Sun"] * 20)
    texts[4] += " War." * 3
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20)["one document"]
    held = "text_0005 of Post holds 43 % of the security hits (difference "
    assert held in told
    # 4 hits of its 3 tokens more are gone with it.
    documents = fa.documents_from_texts(texts).assign(outlet=["Post"] * 20 + ["Sun"] * 20)
    paragraphs = fa.split_paragraphs(documents.drop(index=4))
    hits = fa.find_hits(paragraphs, LEXICON)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    rates = fa.score_documents(scores, by="outlet").set_index(["category", "outlet"])["rate"]
    without = rates["security", "Post"] - rates["security", "Sun"]
    assert f"{held}{without:.1f} without it)" in told


def test_groups_whose_articles_are_most_like_their_own_may_be_on_other_matters() -> None:
    pools = [
        "ministers met palace grain treaty envoy tariff ports cargo".split(),
        "players ran pitch goals referee striker whistle crowd fans".split(),
    ]
    # Every so many words on, no two texts have a run of five in common.
    steps = [(pool, n, k) for pool in pools for n, k in enumerate((1, 2, 4, 5, 7, 8))]
    apart = [" ".join(pool[(n + k * m) % 9] for m in range(9)) + "." for pool, n, k in steps]
    told = checked(apart, ["Post"] * 6 + ["Sun"] * 6)["subjects"]
    assert "12 of 12 articles are most like one of their own group (by chance 5)" in told
    mixed = checked(apart, ["Post", "Sun"] * 6)
    assert "subjects" not in mixed
    assert "subjects" not in checked(apart[4:8], ["Post"] * 2 + ["Sun"] * 2)


def test_groups_that_the_pair_leaves_out_are_named_with_their_sizes() -> None:
    texts, outlets = plain(9), ["Post"] * 3 + ["Sun"] * 3 + ["Wire"] * 2 + ["Echo"]
    told = checked(texts, outlets, pair=("Sun", "Post"))["other groups"]
    assert "the answer leaves out Wire (2) and Echo (1)" in told
    assert "other groups" not in checked(texts, outlets)


def test_one_subcategory_with_more_than_a_third_of_the_difference_is_named() -> None:
    texts = plain(40, word="nothing")
    for n, words in enumerate(("Threats.", "Threats.", "Troops.", "Crime.", "Police.")):
        texts[n] += f" {words}"
    told = checked(texts, ["Post"] * 20 + ["Sun"] * 20)["one subcategory"]
    assert "(40 % in security from a)" in told
    turned = checked(texts, ["Post"] * 20 + ["Sun"] * 20, pair=("Sun", "Post"))
    assert turned["one subcategory"] == told


def test_precision_is_that_of_the_card_and_names_outlets_that_were_not_measured() -> None:
    framing = fa.load_lexicon("framing")
    documents = fa.documents_from_texts([f"{text} Troops." for text in plain(40)])
    documents = documents.assign(outlet=["Sputnik"] * 20 + ["Sun"] * 20)
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, framing)
    found = fa.check_comparison(documents, paragraphs, hits, by="outlet").set_index("check")
    told = found.loc["precision", "message"]
    card = str(framing.card())
    share = told.partition(" of security")[0].rpartition("right ")[2].removesuffix(" %")
    assert f"| all | .{share}" in card
    assert "(not of Sun)" in told
    assert "Sputnik" not in told


def test_an_unknown_group_or_column_is_refused() -> None:
    with pytest.raises(TableError, match="no group 'Moon'"):
        both(2, pair=("Post", "Moon"))

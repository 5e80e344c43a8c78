"""What the check of a lexicon finds, and what it leaves alone."""

import pandas as pd
import pytest

import analysis as fa
from analysis.lexicons.loading import PRESETS, builtin_lexica
from analysis.tables.checks import check_table

# The loader warns of what this check explains.
pytestmark = pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")


def found(terms: object, **options: object) -> list[tuple[str, str, str | None]]:
    lexicon = fa.lexicon_from_dict("test", {"edge": terms})
    table = fa.lint_lexicon(lexicon, **options)
    check_table(table, "lint")
    other = table["other"].astype(object).where(table["other"].notna(), None)
    return list(zip(table["term"], table["check"], other, strict=True))


def test_a_clean_lexicon_gives_an_empty_table() -> None:
    assert found(["border", "front line*", "coast"]) == []


@pytest.mark.parametrize("name", [*builtin_lexica(), *PRESETS])
def test_the_builtin_lexica_are_clean(name: str) -> None:
    table = fa.lint_lexicon(fa.load_lexicon(name))
    assert table.empty, table[["term", "check", "other"]].to_string()


def test_a_term_with_foreign_punctuation_is_unmatchable() -> None:
    assert found(["c++", "coast"]) == [("c++", "unmatchable", None)]


def test_a_sign_is_no_blank_for_wildcards_and_exclusions() -> None:
    assert found(["hiv *", "hiv/aids"], words=[]) == []
    lexicon = {"terms": ["aids"], "exclude": ["hiv/aids"]}
    assert found(lexicon, words=[]) == []
    assert found(["hiv/*", "hiv/aids"], words=[]) == [("hiv/aids", "swallowed", "hiv/*")]


def test_an_exclusion_that_terms_share_needs_to_hold_one_of_them() -> None:
    shared = {"term": ["gate", "fence"], "unless": ["garden gate", "garden wall"]}
    assert found([shared], words=[]) == [
        ("gate", "idle exclusion", "garden wall"),
        ("fence", "idle exclusion", "garden wall"),
    ]


def test_terms_that_are_the_same_after_folding_are_duplicates() -> None:
    assert found(["Front-Line", "front line"]) == [("front line", "duplicate", "Front-Line")]


def test_terms_that_differ_in_their_conditions_are_two_readings() -> None:
    assert found([{"term": "may", "after": ["be"]}, {"term": "may", "after": ["have"]}]) == []


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("borders", "border*"),
        ("borderer*", "border*"),
        ("open borders", "open border*"),
        ("cross border", "cro?s border"),
        ("antimigration", "anti*tion"),
    ],
)
def test_a_term_that_a_wildcard_finds_anyway_is_swallowed(narrow: str, wide: str) -> None:
    assert (narrow, "swallowed", wide) in found([narrow, wide], words=[])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("border town", "border*"),
        ("border*", "borders*"),
        ("b?rder", "b*"),
        ({"term": "borders", "case": "sensitive"}, "coast*"),
    ],
)
def test_what_is_no_narrower_is_not_swallowed_by_the_narrower(one: object, two: str) -> None:
    assert [term for term, check, _ in found([one, two], words=[]) if check == "swallowed"] == (
        ["borders*"] if two == "borders*" else ["b?rder"] if two == "b*" else []
    )


def test_a_case_sensitive_wildcard_swallows_no_term_in_any_case() -> None:
    assert found([{"term": "May*", "case": "sensitive"}, "maybe"], words=[]) == []
    assert found([{"term": "Maybe", "case": "sensitive"}, "may*"], words=[]) == [
        ("Maybe", "swallowed", "may*")
    ]


def test_a_wildcard_with_conditions_swallows_nothing() -> None:
    assert found([{"term": "border*", "before": ["the"]}, "borders"], words=[]) == []


def test_an_exclusion_that_takes_away_every_hit_is_named() -> None:
    terms = {"terms": ["self-defence", "coast"], "exclude": ["self defence"]}
    assert found(terms) == [("self-defence", "always excluded", "self defence")]


def test_an_exclusion_that_holds_no_entry_is_idle() -> None:
    terms = {"terms": ["border*"], "exclude": ["border collie", "coast road", "north b* post"]}
    assert found(terms, words=[]) == [("coast road", "idle exclusion", None)]
    own = {"term": "coast", "unless": ["coast to coast", "sea side"]}
    assert found([own]) == [("coast", "idle exclusion", "sea side")]


def test_a_wildcard_that_catches_other_words_names_them_by_frequency() -> None:
    words = {"border": 90, "borders": 50, "bordering": 5, "borderline": 20, "borderlands": 30}
    assert found(["border*"], words=words) == [
        ("border*", "catches other words", "borderlands, borderline")
    ]


def test_words_that_hardly_occur_are_not_held_against_a_wildcard() -> None:
    assert found(["border*"], words={"borders": 9_000, "borderline": 3}) == []


def test_words_that_an_exclusion_takes_away_are_not_held_against_a_wildcard() -> None:
    terms = {"terms": ["border*"], "exclude": ["borderline*"]}
    words = ["borders", "borderline", "borderlines"]
    assert found(terms, words=words) == []
    assert found([{"term": "border*", "unless": ["borderline*"]}], words=words) == []


@pytest.mark.parametrize(
    ("wildcard", "forms"),
    [
        ("terroris*", ["terrorist", "terrorists", "terrorism", "terrorised"]),
        ("nation*", ["national", "nationalisations", "nationhood", "nations"]),
        ("plan*", ["planned", "planning", "planner", "plans"]),
        ("welf*", ["welfare"]),
        ("secur*", ["secure", "security", "securities", "securing"]),
    ],
)
def test_forms_of_a_word_are_not_taken_for_other_words(wildcard: str, forms: list[str]) -> None:
    assert found([wildcard], words=forms) == []


def test_english_words_come_with_the_package() -> None:
    [(term, check, words)] = found(["war*"])
    assert (term, check) == ("war*", "catches other words")
    assert {"warm", "warn", "warrant"} <= set(str(words).split(", "))


def test_wildcards_of_another_language_are_not_tried_on_english_words() -> None:
    path_free = fa.lexicon_from_dict("test", {"edge": ["war*"]})
    german = type(path_free)(path_free.name, "1", path_free.categories, language="de")
    assert fa.lint_lexicon(german).empty
    assert len(fa.lint_lexicon(german, words=["ware", "wartung"])) == 1


def test_findings_keep_category_and_subcategory() -> None:
    lexicon = fa.lexicon_from_dict("test", {"a": {"subcategories": {"x": ["border*", "borders"]}}})
    table = fa.lint_lexicon(lexicon, words=[])
    assert table[["category", "subcategory"]].values.tolist() == [["a", "x"]]
    assert isinstance(table, pd.DataFrame)


def test_one_text_in_place_of_words_is_refused() -> None:
    with pytest.raises(ValueError, match="list of words"):
        found(["a"], words="border")

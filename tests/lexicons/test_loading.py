"""Lexica are loaded strictly: what is wrong is refused, or listed, with its line."""

import warnings
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.tables.checks import check_table


def load(folder: Path, text: str) -> fa.Lexicon:
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return fa.load_lexicon(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(LexiconError) as caught:
        load(folder, text)
    message = str(caught.value)
    assert "\n" not in message, "one sentence, one line"
    assert "mine.yml" in message, "the file is named"
    return message


def test_words_that_yaml_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    """L01"""
    with pytest.warns(LexiconWarning, match="NO"):
        lexicon = load(tmp_path, "terms: [no, yes, on, off, NO]")
    assert lexicon.entries["term"].tolist() == ["no", "yes", "on", "off", "NO"]
    assert lexicon.problems["term"].tolist() == ["NO"]
    assert "the same as 'no'" in lexicon.problems["problem"].iloc[0]


@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
def test_a_term_may_be_at_fault_more_than_once() -> None:
    problems = fa.lexicon_from_dict("mine", {"k": ["a", "A", "A"]}).problems
    check_table(problems, "problems")
    assert problems["term"].tolist() == ["A", "A"]


def test_numbers_and_dates_stay_as_written(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "k: [1.10, 2022-02-24, 0x1F, null, 007]")
    assert lexicon.entries["term"].tolist() == ["1.10", "2022-02-24", "0x1F", "null", "007"]


def test_a_category_that_stands_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    """L03"""
    message = refusal(tmp_path, "security: [a]\nsecurity: [b]\n")
    assert "'security'" in message
    assert "lines 1 and 2" in message


@pytest.mark.parametrize("text", ["k:\n- one\n- *ism\n", "k:\n- one\n- *ism*\n"])
def test_an_unquoted_term_that_begins_with_a_star_says_how_to_quote_it(
    tmp_path: Path, text: str
) -> None:
    """L04"""
    message = refusal(tmp_path, text)
    assert "line 3" in message
    assert "quote terms that begin with *" in message


def test_a_mapping_where_a_term_was_expected_is_refused(tmp_path: Path) -> None:
    """L05"""
    message = refusal(tmp_path, "k:\n- rule of law: yes\n")
    assert "line 2" in message
    assert "term was expected" in message


def test_aliases_cannot_blow_up_a_lexicon(tmp_path: Path) -> None:
    """L06"""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert "not allowed" in refusal(tmp_path, "\n".join(lines))


def test_merge_keys_are_refused(tmp_path: Path) -> None:
    """L07"""
    lines = ["L0: &L0 {a: [x]}"]
    lines += [f"L{n}: &L{n} {{<<: [*L{n - 1}, *L{n - 1}]}}" for n in range(1, 18)]
    assert "not allowed" in refusal(tmp_path, "\n".join(lines))


def test_deep_nesting_is_refused_in_plain_words(tmp_path: Path) -> None:
    """L09"""
    assert "levels deep" in refusal(tmp_path, "k: " + "[" * 3000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        ("k: [a\n", "not valid YAML"),
        ("- a\n- b\n", "mapping of categories"),
        ("k: []\n", "no terms"),
        ("k:\n", "must be a list"),
        ("k: [[a]]\n", "brackets"),
        ("k: !!python/name:os.system [a]\n", "tags"),
        ("k: [a]\n---\nj: [b]\n", "second document"),
        ("categories: {}\n", "no category"),
        ("name: ''\ncategories: {k: [a]}\n", "empty name"),
        ("categories: {k: [a]}\nauthor: me\n", "'author'"),
        ("k: {terms: [a], excludes: [b]}\n", "'excludes'"),
        ("k: [{term: a, weigth: 2}]\n", "'weigth'"),
        ("k: [{term: a, weight: two}]\n", "'two'"),
        ("k: [{term: a, weight: nan}]\n", "write a number"),
        ("k: [{term: a, case: upper}]\n", "sensitive or insensitive"),
        ("k: [{term: a, unless: b}]\n", "must be a list"),
        ("k: [{term: a, after: [two words]}]\n", "single tokens"),
        ("k: [a, '*']\n", "no letter or digit"),
        ("k: [a, '']\n", "no letter or digit"),
        ("k: [a, '+++']\n", "no letter or digit"),
        ("k: [a, '?*']\n", "no letter or digit"),
        ("k: [a, '? *']\n", "no letter or digit"),
        ("k: ['" + "a" * 10_000 + "']\n", "10,000 characters"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(tmp_path: Path, text: str, expected: str) -> None:
    """L17"""
    assert expected in refusal(tmp_path, text)


def test_a_lexicon_may_hold_200_000_terms(tmp_path: Path) -> None:
    """L17"""
    terms = "\n".join(f"- term{n}" for n in range(200_000))
    assert len(load(tmp_path, f"k:\n{terms}\n").entries) == 200_000


@pytest.mark.parametrize("term", ["c++", "'n'", "rock 'n' roll", "(sic)", "national, security"])
def test_terms_that_no_text_can_match_are_listed(term: str) -> None:
    """L23, M33, M37"""
    with pytest.warns(LexiconWarning, match="no text can match"):
        lexicon = fa.lexicon_from_dict("mine", {"k": ["border", term]})
    assert lexicon.problems["term"].tolist() == [term]


@pytest.mark.parametrize("term", ["u.s.", "can't", "covid-19", "asylum seeker*", "*'s", "a\u2011b"])
def test_terms_that_can_match_raise_no_warning(term: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fa.lexicon_from_dict("mine", {"k": [term]}).problems.empty


def test_a_file_that_is_missing_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"built-in lexica are .*framing, "):
        fa.load_lexicon("framming")
    latin = tmp_path / "latin.yml"
    latin.write_bytes("k: [caf\u00e9]".encode("latin-1"))
    with pytest.raises(LexiconError, match=r"latin\.yml: not UTF-8"):
        fa.load_lexicon(latin)


def test_a_byte_order_mark_is_no_part_of_a_lexicon(tmp_path: Path) -> None:
    path = tmp_path / "bom.yml"
    path.write_bytes(b"\xef\xbb\xbfk: [border]")
    assert fa.load_lexicon(path).category_names == ("k",)


def test_wrong_types_say_what_was_expected() -> None:
    """S13"""
    with pytest.raises(TypeError, match="give a list of terms"):
        fa.lexicon_from_dict("mine", {"k": "border"})
    with pytest.raises(TypeError, match="dictionary of lists"):
        fa.lexicon_from_dict("mine", ["border"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="terms are strings"):
        fa.lexicon_from_dict("mine", {"k": [None]})
    with pytest.raises(TypeError, match="lexicon_from_dict"):
        fa.load_lexicon({"k": ["border"]})  # type: ignore[arg-type]


def test_the_identity_tells_content_but_not_its_order() -> None:
    """S08"""
    one = fa.lexicon_from_dict("mine", {"a": ["x", "y*"], "b": ["z"]})
    shuffled = fa.lexicon_from_dict("mine", {"b": ["z"], "a": ["y*", "x"]})
    assert one.id == shuffled.id
    assert one.id.startswith("mine@0+")


@pytest.mark.parametrize(
    "changed",
    [
        {"terms": ["x", "y"]},
        {"terms": ["x"], "exclude": ["x y"]},
        {"subcategories": {"s": ["x"]}},
        {"terms": [{"term": "x", "weight": 2}]},
        {"terms": [{"term": "x", "case": "sensitive"}]},
        {"terms": [{"term": "x", "unless": ["x y"]}]},
        {"terms": [{"term": "x", "before": ["y"]}]},
        {"terms": [{"term": "x", "after": ["y"]}]},
    ],
)
def test_whatever_moves_numbers_changes_the_identity(changed: dict[str, list[str]]) -> None:
    plain = fa.lexicon_from_dict("mine", {"a": {"terms": ["x"]}})
    assert fa.lexicon_from_dict("mine", {"a": changed}).id != plain.id


def test_file_and_dictionary_make_the_same_lexicon(tmp_path: Path) -> None:
    text = """
name: demo
version: 1.2.0
categories:
  security:
    definition: Language of danger.
    exclude: [social security]
    subcategories:
      threat: {definition: Danger named., terms: [threat*]}
      military: [army, {term: US, case: sensitive, weight: 0.5}]
"""
    made = fa.lexicon_from_dict(
        "demo",
        {
            "security": {
                "exclude": ["social security"],
                "subcategories": {
                    "military": [{"term": "US", "case": "sensitive", "weight": 0.5}, "army"],
                    "threat": ["threat*"],
                },
            }
        },
        version="1.2.0",
    )
    loaded = load(tmp_path, text)
    assert loaded.id == made.id
    assert loaded.definitions()["definition"].tolist() == [
        "Language of danger.",
        "Danger named.",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("framing", "3.0.0"),
        ("hedging", "1.3.0"),
        ("boosters", "1.0.0"),
        ("attribution", "2.0.0"),
        ("negation", "1.2.0"),
    ],
)
def test_built_in_lexica_load_without_problems(name: str, version: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lexicon = fa.load_lexicon(name)
    assert lexicon.problems.empty
    assert lexicon.version == version
    assert lexicon.sources
    assert lexicon.definitions()["definition"].str.len().gt(0).all()


def test_the_framing_lexicon_covers_its_three_frames() -> None:
    framing = fa.load_lexicon("framing")
    assert framing.category_names == ("security", "sovereignty", "welfare")
    for category in framing.categories:
        terms = [entry.term for entry in category.entries]
        assert len(terms) >= 60
        assert 3 <= len(category.subcategories) <= 10
        assert any(" " in term for term in terms), "multiword phrases"
        assert any("*" in term for term in terms), "wildcards"
        assert category.exclude, "exclusions"


def test_the_hedging_lexicon_has_the_kinds_of_hedges() -> None:
    (hedging,) = fa.load_lexicon("hedging").categories
    assert [name for name, _ in hedging.subcategories] == [
        "modal",
        "would",
        "ability",
        "epistemic_verb",
        "doxastic",
        "investigation",
        "epistemic_adverb_adjective",
        "approximator",
        "evidential",
        "attribution",
        "hearsay",
        "conditional",
    ]

"""Dictionaries of other programs load whole, or say line by line what was lost."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.tables.checks import check_table
from tests.growth import growth
from tests.lexicons.fuzzing import damaged_dictionaries, load_damaged


def load(folder: Path, content: str | bytes, name: str = "mine.txt") -> fa.Lexicon:
    """Load without regard to warnings; what they say stands in losses and problems."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LexiconWarning)
        lexicon = fa.load_lexicon(path)
    check_table(lexicon.losses, "losses")
    return lexicon


def refusal(folder: Path, content: str | bytes, name: str = "mine.txt") -> str:
    with pytest.raises(LexiconError) as caught:
        load(folder, content, name)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert name in message
    return message


def terms(lexicon: fa.Lexicon) -> dict[str, list[str]]:
    """Terms by category, those of subcategories behind their path."""
    return {
        category.name: [
            f"{entry.subcategory}: {entry.term}" if entry.subcategory else entry.term
            for entry in category.entries
        ]
        for category in lexicon.categories
    }


def lost(lexicon: fa.Lexicon) -> list[tuple[int, str]]:
    return list(zip(lexicon.losses["line"], lexicon.losses["what"], strict=True))


# The forms, one by one


def test_liwc_numbers_are_compared_as_integers_and_lines_may_be_ragged(tmp_path: Path) -> None:
    """L11"""
    lexicon = load(
        tmp_path,
        "%  \n01\tborder\n 2   humanitarian aid\n%\t\t\n\t\n"
        "frontier*\t\t\t1 \nrelief   02\n edge  \t 1\t\t2\t\nno man's land\t1\ncovid 19\t02\n"
        "rim 1 2\n",
    )
    assert terms(lexicon) == {
        "border": ["frontier*", "edge", "no man's land", "rim"],
        "humanitarian aid": ["relief", "edge", "covid 19", "rim"],
    }
    assert lexicon.losses.empty


def test_liwc_conditions_are_listed_in_full_and_shift_no_category(tmp_path: Path) -> None:
    """L11"""
    lexicon = load(
        tmp_path,
        "%\n1\tborder\n2\taid\n3\ttime\n%\nedge\t<of>1/2\t3\nrim\t(1 02)1/2\nfront\t(1 02)2\t3\n",
    )
    assert terms(lexicon) == {"aid": ["front"], "time": ["edge", "front"]}
    assert lost(lexicon)[:3] == [(6, "unsupported"), (7, "unsupported"), (8, "unsupported")]
    reasons = lexicon.losses["reason"].tolist()
    assert "'<of>1/2'" in reasons[0]
    assert r"'rim\t(1 02)1/2'" in reasons[1]
    assert "counts everywhere" in reasons[2]


def test_a_liwc_term_on_two_lines_has_the_categories_of_both(tmp_path: Path) -> None:
    """L12"""
    lexicon = load(tmp_path, "%\n1\tborder\n2\taid\n%\nstate\t1\nstate\t2\n")
    assert terms(lexicon) == {"border": ["state"], "aid": ["state"]}
    assert lost(lexicon) == [(6, "repeated term")]
    assert "line 5" in lexicon.losses["reason"].iloc[0]


def test_a_liwc_number_that_no_category_has_is_listed_with_its_line(tmp_path: Path) -> None:
    """L13"""
    lexicon = load(tmp_path, "%\n1\tborder\n%\nedge\t1\t7\nrim\n%\n")
    assert terms(lexicon) == {"border": ["edge"]}
    assert lost(lexicon) == [(4, "undefined category"), (5, "no category"), (6, "unsupported")]
    assert lexicon.losses["category"].iloc[0] == "7"


def test_emoticons_stay_listed_and_match_nothing(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "%\n1\tjoy\n%\n:)\t1\n:*\t1\n*\t1\n:D\t1\nglee\t1\n")
    assert terms(lexicon) == {"joy": [":)", ":*", "*", ":D", "glee"]}
    assert lexicon.problems["term"].tolist() == [":)", ":*", "*", ":D"]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Glee :) :* * :D is not D."]))
    assert fa.find_hits(paragraphs, lexicon, in_context=False)["entry"].tolist() == ["glee"]
    assert "unmatchable" in set(fa.lint_lexicon(lexicon)["check"])
    assert "5 entries" in lexicon.card().text


def test_a_question_mark_is_no_wildcard_where_it_was_none(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "%\n1\tdoubt\n%\nreally?\t1\nmaybe\t1\n")
    assert terms(lexicon) == {"doubt": ["maybe"]}
    assert lexicon.losses["term"].tolist() == ["really?"]


def test_two_liwc_categories_of_one_name_are_joined_and_one_number_has_one_name(
    tmp_path: Path,
) -> None:
    lexicon = load(tmp_path, "%\n1\tborder\n2\tborder\n%\nedge\t1\nrim\t2\n")
    assert terms(lexicon) == {"border": ["edge", "rim"]}
    assert lost(lexicon) == [(3, "repeated category")]
    message = refusal(tmp_path, "%\n1\tborder\n01\taid\n%\nedge\t1\n")
    assert "line 3" in message
    assert "line 2" in message


def test_liwc_22_tables_hold_marks_or_weights(tmp_path: Path) -> None:
    lexicon = load(
        tmp_path,
        'DicTerm,border,"aid, work"\r\nedge,X,\r\n"rim ""x""",x,0.5\r\n\r\n'
        "far,0,?\r\nno,,\r\nx,,,X\r\n",
    )
    assert terms(lexicon) == {"border": ["edge", 'rim "x"'], "aid, work": ['rim "x"']}
    assert lexicon.entries["weight"].tolist() == [1.0, 1.0, 0.5]
    assert lost(lexicon) == [
        (5, "weight"),
        (5, "unsupported"),
        (6, "no category"),
        (7, "undefined category"),
    ]


def test_quanteda_yaml_is_nested_at_will(tmp_path: Path) -> None:
    lexicon = load(
        tmp_path,
        "AFRICA:\n  EAST:\n    'KE': [Kenya*, Nairobi]\n    'NO': [no]\n  __: [Africa*]\n"
        "ASIA:\n- Asia*\n- EAST: [Japan*]\n",
        "mine.yml",
    )
    assert terms(lexicon) == {
        "AFRICA": ["Africa*", "EAST/KE: Kenya*", "EAST/KE: Nairobi", "EAST/NO: no"],
        "ASIA": ["Asia*", "EAST: Japan*"],
    }
    assert lexicon.categories[0].entries[1].line == 3


def test_lexicoder_and_vbpro_name_a_category_before_its_terms(tmp_path: Path) -> None:
    expected = {"border line": ["edge*", "no man's land"], "aid": ["relief"]}
    lexicoder = load(tmp_path, "+border line\nedge*\nno man's land\n\n+aid\nrelief\n")
    vbpro = load(tmp_path, ">>border line<<\nedge*\nno man's land\n\n>>aid<<\nrelief\n")
    assert terms(lexicoder) == terms(vbpro) == expected
    again = load(tmp_path, "+aid\nrelief\nrelief\n+\nlost\n+aid\nhelp\n+none\n")
    assert terms(again) == {"aid": ["relief", "help"]}
    assert sorted(again.losses["what"]) == [
        *("empty category", "no category", "repeated category", "repeated term", "unsupported"),
    ]


def test_yoshikoder_keeps_terms_beside_subcategories_and_takes_its_name_from_a_single_root(
    tmp_path: Path,
) -> None:
    lexicon = load(
        tmp_path,
        '<?xml version="1.0"?>\n<dictionary patternengine="substring">\n<cnode name="places" '
        'desc="Where.">\n<cnode name="border" desc="Lines."><pnode name="edge"/>\n'
        '<cnode name="sea"><cnode name="near" desc="Wet.">'
        '<pnode name="sho&#114;e &amp; tide"/></cnode>'
        '</cnode>\n<pnode name="rim"/></cnode>\n</cnode></dictionary>',
    )
    assert (lexicon.name, lexicon.description) == ("places", "Where.")
    assert terms(lexicon) == {"border": ["edge", "rim", "sea/near: shore & tide"]}
    assert lexicon.categories[0].definition == "Lines."
    assert lexicon.categories[0].subcategories == (("sea/near", "Wet."),)
    assert lexicon.losses.empty


def test_patterns_of_another_engine_are_never_run(tmp_path: Path) -> None:
    regex = (
        '<dictionary patternengine="regexp"><cnode name="k"><pnode name="bord(er)+"/></cnode>'
        "</dictionary>"
    )
    assert "regexp" in refusal(tmp_path, regex)


def test_what_xml_holds_beside_categories_and_terms_is_listed(tmp_path: Path) -> None:
    lexicon = load(
        tmp_path,
        '<dictionary><cnode name="k" colour="red">note<pnode name="edge" score="2"><pnode '
        'name="inner"/></pnode><note name="n"/></cnode></dictionary>',
    )
    assert terms(lexicon) == {"k": ["edge"]}
    assert lexicon.losses["what"].tolist() == ["unsupported"] * 5


def test_wordstat_has_weights_and_phrases(tmp_path: Path) -> None:
    lexicon = load(
        tmp_path,
        "BORDER\n\tEDGE (1)\n\tLINE\n\t\tFRONT_LINE* (0.5)\nAID\n    \tRELIEF (1)\n",
    )
    assert terms(lexicon) == {"BORDER": ["EDGE", "LINE: FRONT LINE*"], "AID": ["RELIEF"]}
    assert lexicon.entries["weight"].tolist() == [1.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("rule", "near", "not_near"),
    [
        ("EDGE NEAR RIM /S", "within sentence: RIM", ""),
        ("EDGE NEAR RIM /S 5", "within 5 sentence: RIM", ""),
        ("EDGE NEAR RIM 5", "within 5: RIM", ""),
        ("EDGE AND OUTER_RIM /S", "within sentence: OUTER RIM", ""),
        ("EDGE BEFORE RIM /C3 /S", "within 3 sentence after: RIM", ""),
        ("EDGE AFTER RIM /S", "within sentence before: RIM", ""),
        ("EDGE NOT NEAR #FAR /S", "", "within sentence: HILL; SEA"),
        ("EDGE NOT AFTER RIM /C2", "", "within 2 before: RIM"),
    ],
)
def test_rules_of_wordstat_ask_for_terms_nearby(
    tmp_path: Path, rule: str, near: str, not_near: str
) -> None:
    lexicon = load(tmp_path, f"K\n\tRIM (1)\n\t@R [{rule}] (2)\nFAR\n\tHILL (1)\n\tSEA (1)\n")
    entry = lexicon.entries.set_index("term").loc["EDGE"]
    assert entry[["near", "not_near", "weight"]].tolist() == [near, not_near, 2.0]
    assert lexicon.losses.empty


@pytest.mark.parametrize(
    "rule",
    [
        "EDGE OR RIM",
        "(A NEAR B) AND C",
        "EDGE NEAR #NONE",
        "EDGE",
        "EDGE AND RIM",
        "EDGE NEAR RIM /P",
    ],
)
def test_other_rules_of_wordstat_are_listed(tmp_path: Path, rule: str) -> None:
    lexicon = load(tmp_path, f"K\n\tRIM (1)\n\t@R [{rule}] (1)\n")
    assert lost(lexicon) == [(3, "unsupported")]


def test_a_wordstat_dictionary_may_have_few_terms_in_each_subcategory(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "K\n\tONE\n\t\tEDGE (1)\n\tTWO\n\t\tRIM (1)\n\tTHREE\n\t\tSEA (1)\n")
    assert terms(lexicon) == {"K": ["ONE: EDGE", "TWO: RIM", "THREE: SEA"]}


@pytest.mark.parametrize(
    "content",
    [
        "K\n    ONE\n        EDGE (1)\n    TWO\n        RIM (1)\n",
        "K\r\n\tONE\r\n\t\tEDGE (1)\r\n\r\n\tTWO\r\n\t\tRIM (1)\r\n",
        "K\n\tONE\n\t\tEDGE\n\tTWO\n\t\tRIM (1)\n",
    ],
)
def test_a_small_wordstat_dictionary_may_be_indented_in_its_own_way(
    tmp_path: Path, content: str
) -> None:
    assert terms(load(tmp_path, content)) == {"K": ["ONE: EDGE", "TWO: RIM"]}


def test_a_rule_of_wordstat_that_says_no_distance_is_listed_as_changed(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "K\n\tRIM (1)\n\t@R [EDGE NEAR RIM] (2)\n")
    assert lost(lexicon) == [(3, "condition")]
    assert lexicon.entries["near"].tolist() == ["", "within sentence: RIM"]


@pytest.mark.parametrize(
    ("content", "weights"),
    [
        ("edge\t-2\n", {"edge": -2.0}),
        ("\ufeffword\tvalue\nedge\t+2\nouter rim\t.5\n", {"edge": 2.0, "outer rim": 0.5}),
        ("edge,-2\nrim,1e-1\n", {"edge": -2.0, "rim": 0.1}),
        ('"word";"value"\n"edge";-2,5\n"rim";3\n', {"edge": -2.5, "rim": 3.0}),
        ("# rated\n\nedge\t\u22122\r\nrim\t0\r\n", {"edge": -2.0, "rim": 0.0}),
    ],
)
def test_a_list_of_weights_may_be_written_in_many_ways(
    tmp_path: Path, content: str, weights: dict[str, float]
) -> None:
    lexicon = load(tmp_path, content)
    assert dict(zip(lexicon.entries["term"], lexicon.entries["weight"], strict=True)) == weights
    assert lexicon.losses.empty


def test_a_table_of_categories_keeps_what_is_marked_and_lists_the_rest(tmp_path: Path) -> None:
    table = "word,emotion,association\nedge,joy,0\nrim,joy,1\nrim,,1\nedge,fear,0\n"
    lexicon = load(tmp_path, table)
    assert terms(lexicon) == {"joy": ["rim"]}
    assert lost(lexicon) == [(4, "no category"), (5, "empty category")]
    assert load(tmp_path, "edge\tfear\t0.53\n").entries["weight"].tolist() == [0.53]


def test_a_plain_list_may_hold_wildcards_hashtags_and_numbers(tmp_path: Path) -> None:
    assert terms(load(tmp_path, '"edge"\n*burg\n9/11\ndon\u2019t\n')) == {
        "words": ["edge", "*burg", "9/11", "don\u2019t"]
    }
    lexicon = load(tmp_path, "; a comment\n#metoo\nedge\n")
    assert lexicon.problems["term"].tolist() == ["#metoo"]
    assert terms(load(tmp_path, "911\n9/11\nAT&T\n")) == {"words": ["911", "9/11", "AT&T"]}


@pytest.mark.parametrize(
    "content",
    ["edge 3\nrim -2\n", "edge, rim\ncoast, sea\n", "3\nedge/DGS\nrim/S\nsea\n", "edge\t1\nrim\n"],
)
def test_what_could_be_two_kinds_of_list_is_refused(tmp_path: Path, content: str) -> None:
    assert "line 1" in refusal(tmp_path, content)


def test_lists_of_words_are_read_with_their_numbers_and_categories(tmp_path: Path) -> None:
    plain = load(tmp_path, "; a comment\nedge\nouter rim\n")
    assert terms(plain) == {"words": ["edge", "outer rim"]}
    rated = load(tmp_path, "edge\t-2\nrim\t3\ncan't stand\t-3\n")
    assert rated.entries["weight"].tolist() == [-2.0, 3.0, -3.0]
    marked = load(tmp_path, "edge\tjoy\t0\nedge\tfear\t1\nrim\tjoy\t1\nrim\tfear\t0\n")
    assert terms(marked) == {"joy": ["rim"], "fear": ["edge"]}


def test_a_lone_question_mark_of_liwc_matches_no_letter(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "%\n1\tedge\n%\n?\t1\nrim\t1\n")
    assert terms(lexicon) == {"edge": ["rim"]}
    assert lost(lexicon) == [(4, "unsupported")]


# What holds for all of them


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_known_encoding_is_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    lexicon = load(tmp_path, "+été\ncafé\n".encode(encoding))
    assert terms(lexicon) == {"été": ["café"]}
    assert lexicon.losses.empty


def test_xml_may_name_the_encoding_that_it_has(tmp_path: Path) -> None:
    xml = '<?xml version="1.0" encoding="{}"?><dictionary><cnode name="k"><pnode name="café"/>'
    for declared, encoding in [("UTF-16", "utf-16"), ("utf-8", "utf-8"), ("cp1252", "cp1252")]:
        content = (xml.format(declared) + "</cnode></dictionary>").encode(encoding)
        assert terms(load(tmp_path, content)) == {"k": ["café"]}


def test_a_guessed_encoding_is_reported(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "+été\ncafé’s\n".encode("cp1252"))
    assert terms(lexicon) == {"été": ["café’s"]}
    assert lost(lexicon) == [(1, "encoding")]
    assert "not UTF-8" in refusal(tmp_path, b"+k\ncaf\x81\xe9\n")


def test_loading_warns_of_losses_and_names_the_first_three(tmp_path: Path) -> None:
    path = tmp_path / "mine.dic"
    path.write_text("%\n1\tk\n%\nedge\t1\n" + "".join(f"rim{n}\t{n}\n" for n in range(2, 7)))
    with pytest.warns(LexiconWarning) as caught:
        fa.load_lexicon(path)
    message = str(caught[0].message)
    assert "mine.dic: 5 losses: line 5, undefined category 'rim2'" in message
    assert "line 7" in message
    assert "line 8" not in message
    assert "and 2 more" in message
    assert caught[0].filename == __file__


def test_the_form_is_told_by_the_content_and_not_by_the_ending(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "%\n1\tborder\n%\nedge\t1\n", "mine.yml")
    assert terms(lexicon) == {"border": ["edge"]}
    assert terms(load(tmp_path, "border: [edge]\n", "mine.dic")) == {"border": ["edge"]}


@pytest.mark.parametrize("name", ["+border", "<border>", "@border", "DicTerm", "category"])
def test_a_name_that_begins_as_another_form_does_is_still_a_name(tmp_path: Path, name: str) -> None:
    assert terms(load(tmp_path, f'"{name}": [edge]\n')) == {name: ["edge"]}
    if name != "@border":
        assert terms(load(tmp_path, f"{name}: [edge]\n")) == {name: ["edge"]}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("%\n1\tborder\n", "not closed"),
        ("%\n%\nedge\t1\n", "no category between"),
        ("%\n1\tborder\n%\n", "no term"),
        ("+border\n+aid\n", "no term"),
        ("DicTerm,,\nedge,X,X\n", "name one"),
        ('DicTerm,border\n"edge,X\n', "quotation marks"),
        ("+border\ned\0ge\n", "line 2: there is a null character"),
        ("<html><p>edge</p></html>", "<html>"),
        ("<dictionary><cnode><pnode name='edge'/></cnode></dictionary>", "cnode has no name"),
        ("<dictionary>\n<cnode name='k'>\n</dictionary>", "line 3: not valid XML"),
        ("<dictionary>" + "<cnode name='k'>" * 3000, "levels deep"),
        ("".join("\t" * n + f"k{n}\n" for n in range(30)) + ("\t" * 31 + "x (1)\n") * 40, "deep"),
        ("category,term,colour\nborder,edge,red\n", "'colour'"),
        ("category,term,term\nborder,edge,rim\n", "stands twice"),
        ("category,term\nborder,edge,rim\n", "more cells"),
        ("category,term\n,edge\n", "no category"),
        ("category,term,row\nborder,edge,entri\n", "'entri'"),
        ("category,term,case_sensitive\nborder,edge,perhaps\n", "true or false"),
        ("category,term,weight\nborder,edge,two\n", "line 2: weight of 'edge'"),
        ("row,category,term,text\nname,,,a\nname,,,b\n", "a second name"),
        ("category,term\n", "no category"),
        ("3\nedge/S\nrim\n", "data/lexicons/README.md"),
        ("edge: rim: x\n", "data/lexicons/README.md"),
    ],
)
def test_a_broken_dictionary_is_refused_in_one_sentence(
    tmp_path: Path, content: str, expected: str
) -> None:
    assert expected in refusal(tmp_path, content)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE dictionary [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE dictionary [<!ENTITY e "x">]>',
        '<!DOCTYPE dictionary SYSTEM "dictionary.dtd">',
        '<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY e "&b;&b;">]>',
    ],
)
def test_no_document_type_is_taken(tmp_path: Path, declaration: str) -> None:
    """L20"""
    message = refusal(
        tmp_path,
        f'<?xml version="1.0"?>\n{declaration}\n<dictionary><cnode name="k"><pnode name="&e;"/>'
        "</cnode></dictionary>",
        "mine.ykd",
    )
    assert message.startswith("mine.ykd, line 2: document types and entities are not allowed")


LARGE: dict[str, Callable[[int], str]] = {
    "liwc": lambda n: "%\n1\tk\n%\n" + "".join(f"term{m}\t1\n" for m in range(n)),
    "liwc, one term": lambda n: "%\n1\tk\n2\tj\n%\n" + "same\t1\nsame\t2\n" * (n // 2),
    "lexicoder": lambda n: "+k\n" + "".join(f"term{m}\n" for m in range(n)),
    "wordstat": lambda n: "k\n" + "".join(f"\tterm{m} (1)\n" for m in range(n)),
    "table": lambda n: "category,term\n" + "".join(f"k,term{m}\n" for m in range(n)),
}


@pytest.mark.parametrize("form", LARGE)
def test_large_dictionaries_load_with_all_their_terms(tmp_path: Path, form: str) -> None:
    """L17: 200,000 terms in test-deep."""
    number = min(200_000, 100 * hypothesis.settings().max_examples)
    lexicon = load(tmp_path, LARGE[form](number))
    assert len(lexicon.entries) + len(lexicon.losses) >= number


@pytest.mark.deep
@pytest.mark.parametrize("form", LARGE)
def test_dictionaries_load_in_linear_time(tmp_path: Path, form: str) -> None:
    """L17."""
    assert growth(lambda size: load(tmp_path, LARGE[form](size)), 10_000) < 80


def test_a_term_of_10_000_characters_is_left_out_by_a_stated_limit(tmp_path: Path) -> None:
    """L17"""
    lexicon = load(tmp_path, "+k\nedge\n" + "a" * 10_000 + "\n")
    assert terms(lexicon) == {"k": ["edge"]}
    assert "at most 1,000" in lexicon.losses["reason"].iloc[0]


def test_a_slip_in_our_own_form_is_no_dictionary_of_quanteda(tmp_path: Path) -> None:
    assert "has no field 'term'; it may have" in refusal(tmp_path, "threat:\n  term: [menac*]\n")


def test_damaged_dictionaries_load_or_are_refused_in_one_sentence(tmp_path: Path) -> None:
    # A few hundred by default, 60,000 with `make test-deep`.
    number = 3 * hypothesis.settings().max_examples
    for name, content in damaged_dictionaries(number, seed=20):
        load_damaged(tmp_path, name, content)


# Files that are no part of the project


@pytest.mark.cases
def test_every_import_case_gives_its_categories_and_terms(
    tmp_path: Path, cases_folder: Path
) -> None:
    cases = json.loads((cases_folder / "import_cases.json").read_text(encoding="utf-8"))
    assert cases
    for case in cases:
        lexicon = load(tmp_path, case["file_content"], case["file_name"])
        assert _as_case(lexicon, case["expected"]) == _sorted_terms(case["expected"]), case["id"]


def _as_case(lexicon: fa.Lexicon, expected: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for category in lexicon.categories:
        parts: dict[str, list[str]] = {}
        for entry in category.entries:
            parts.setdefault(entry.subcategory or "__values__", []).append(entry.term.lower())
        parts = {name: sorted(found) for name, found in parts.items()}
        made[category.name] = parts["__values__"] if list(parts) == ["__values__"] else parts
    return {lexicon.name: made} if list(expected) == [lexicon.name] else made


def _sorted_terms(expected: Any) -> Any:
    if isinstance(expected, list):
        return sorted(expected)
    return {name: _sorted_terms(inner) for name, inner in expected.items()}


@pytest.mark.cases
def test_published_dictionaries_load(cases_folder: Path) -> None:
    folder = cases_folder.parent / "eval" / "peer_lexica"
    paths = [path for path in folder.glob("*") if path.suffix in (".dic", ".ykd", ".yml")]
    if not paths:
        pytest.skip(f"there are no dictionaries in {folder}")
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LexiconWarning)
            lexicon = fa.load_lexicon(path)
        assert len(lexicon.entries) > 25, path.name
        assert set(lexicon.losses["what"]) <= {"repeated term"}, path.name

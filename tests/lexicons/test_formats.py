"""Dictionaries of other programs are read without loss, or with every loss listed."""

import json
import random
import warnings
from pathlib import Path
from typing import Any

import hypothesis
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.tables import check_table

pytestmark = pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")

Nested = dict[str, Any]


def load(tmp_path: Path, content: str | bytes, name: str = "demo.txt") -> fa.Lexicon:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    lexicon = fa.load_lexicon(path)
    check_table(lexicon.losses, "losses")
    return lexicon


def nested(lexicon: fa.Lexicon) -> Nested:
    """Return terms in lower case by category, and by subcategory within it."""
    found: Nested = {}
    for row in lexicon.entries.itertuples():
        path = [row.category]
        path += row.subcategory.split("/") if isinstance(row.subcategory, str) else []
        inner = found
        for name in path:
            inner = inner.setdefault(name, {})
        inner.setdefault("__values__", []).append(row.term.lower())
    return _tidy(found)


def _tidy(found: Nested) -> Nested:
    return {
        name: sorted(below)
        if isinstance(below, list)
        else sorted(below["__values__"])
        if set(below) == {"__values__"}
        else _tidy(below)
        for name, below in found.items()
    }


def losses(lexicon: fa.Lexicon) -> list[tuple[object, str]]:
    table = lexicon.losses
    return list(zip(table["line"].astype(object), table["what"], strict=True))


EXAMPLES = {
    "liwc": "%\n1\tthreat\n2\taid\n%\nmenac*\t1\nfirst aid\t2\nescort\t1\t2\n",
    "dicx": "DicTerm,threat,aid\nmenac*,X,\nfirst aid,,X\nescort,X,X\n",
    "quanteda": "threat:\n  - menac*\n  - escort\naid:\n  all: [first aid, escort]\n",
    "lexicoder": "+threat\nmenac*\nescort\n+aid\nfirst aid\nescort\n",
    "yoshikoder": '<?xml version="1.0"?><dictionary><cnode name="threat"><pnode name="menac*"/>'
    '<pnode name="escort"/></cnode><cnode name="aid"><pnode name="first aid"/>'
    '<pnode name="escort"/></cnode></dictionary>',
    "vbpro": ">>threat<<\nmenac*\nescort\n>>aid<<\nfirst aid\nescort\n",
    "wordstat": "THREAT\n\tMENAC* (1)\n\tESCORT (1)\nAID\n\tFIRST_AID (1)\n\tESCORT (1)\n",
    "csv": "category,term\nthreat,menac*\nthreat,escort\naid,first aid\naid,escort\n",
}


@pytest.mark.parametrize("format", EXAMPLES)
@pytest.mark.parametrize("name", ["demo.txt", "demo.dic", "demo.yml", "demo"])
def test_the_content_tells_the_format_and_not_the_ending(
    tmp_path: Path, format: str, name: str
) -> None:
    lexicon = load(tmp_path, EXAMPLES[format], name)
    assert sorted(lexicon.entries["term"].str.lower()) == [
        "escort",
        "escort",
        "first aid",
        "menac*",
    ]
    assert [c.lower() for c in lexicon.category_names] == ["threat", "aid"]
    assert lexicon.losses.empty
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Menacing first aid."]))
    assert len(fa.find_hits(paragraphs, lexicon)) == 2


@pytest.mark.parametrize("number", range(11))
def test_the_shared_cases_are_read_as_expected(
    tmp_path: Path, cases_folder: Path, number: int
) -> None:
    case = json.loads((cases_folder / "import_cases.json").read_text("utf-8"))[number]
    lexicon = load(tmp_path, case["file_content"], case["file_name"])
    expected = case["expected"]
    # A single root that holds only categories is the name of the lexicon.
    if list(expected) == [lexicon.name]:
        expected = expected[lexicon.name]
    in_order = json.loads(
        json.dumps(expected), object_hook=lambda d: {k: in_alphabet(v) for k, v in d.items()}
    )
    assert nested(lexicon) == in_order


def in_alphabet(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value


@pytest.mark.parametrize(
    "name",
    [
        "mfd2.0.dic",
        "moral_foundations_dictionary.dic",
        "Authoritarianism_Maerz.ykd",
        "newsmap.yml",
        "watanabe_news_topics.yml",
        "watanabe_zhou_un_topics.yml",
    ],
)
def test_published_dictionaries_are_read(cases_folder: Path, name: str) -> None:
    path = cases_folder.parent / "eval" / "peer_lexica" / name
    if not path.exists():
        pytest.skip(f"there is no {path.name} beside the case files")
    lexicon = fa.load_lexicon(path)
    assert len(lexicon.entries) > 20
    assert not lexicon.losses["what"].eq("unsupported").any()


# LIWC


def test_odd_spacing_conditions_and_blank_lines_shift_no_category(tmp_path: Path) -> None:
    """L11."""
    content = (
        "%\n01\tthreat\n\n2   aid and more\n%\n\n"
        "menac*\t\t1\n  relief  \t 2\n\n"
        "kind\t<of>1/2\nlike\t(02 134)1/2\t(02 134)2\nfirst aid\t2\t\nescort    1    02\n"
    )
    lexicon = load(tmp_path, content)
    assert nested(lexicon) == {
        "threat": ["escort", "menac*"],
        "aid and more": ["escort", "first aid", "like", "relief"],
    }
    assert losses(lexicon) == [(10, "unsupported"), (11, "unsupported"), (11, "unsupported")]
    assert lexicon.losses["reason"].str.contains(r"'<of>1/2'", regex=False).iloc[0]


def test_a_term_on_two_lines_is_in_the_categories_of_both(tmp_path: Path) -> None:
    """L12."""
    lexicon = load(tmp_path, "%\n1\ta\n2\tb\n%\nstate\t1\nunion\t1\nstate\t2\n")
    assert nested(lexicon) == {"a": ["state", "union"], "b": ["state"]}
    assert losses(lexicon) == [(7, "repeated term")]


def test_a_number_that_no_category_has_is_listed_with_its_line(tmp_path: Path) -> None:
    """L13."""
    with pytest.warns(LexiconWarning, match="line 5, 'union' .*no category has the number 9"):
        lexicon = load(tmp_path, "%\n1\ta\n%\nstate\t1\nunion\t9\n")
    assert nested(lexicon) == {"a": ["state"]}
    assert losses(lexicon) == [(5, "undefined category")]


def test_categories_of_one_name_or_one_number_are_listed(tmp_path: Path) -> None:
    """L22."""
    lexicon = load(tmp_path, "%\n1\ta\n2\ta\n1\tb\nx\ty\n%\nstate\t1\nunion\t2\n")
    assert nested(lexicon) == {"a": ["state", "union"]}
    assert losses(lexicon) == [
        (3, "repeated category"),
        (4, "repeated category"),
        (5, "unsupported"),
    ]


def test_a_term_without_a_category_is_listed(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "%\n1\ta\n%\nstate\t1\nunion\n")
    assert losses(lexicon) == [(5, "unsupported")]


def test_a_header_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="put a line with % after it"):
        load(tmp_path, "%\n1\ta\nstate\t1\n")


def test_weights_of_dicx_are_kept_and_odd_cells_listed(tmp_path: Path) -> None:
    lexicon = load(tmp_path, 'DicTerm,a,b\nstate,0.5,\n"union, the",X,maybe\nlone,,\n')
    assert lexicon.entries["weight"].tolist() == [0.5, 1.0]
    assert lexicon.entries["term"].tolist() == ["state", "union, the"]
    assert losses(lexicon)[:2] == [(3, "unsupported"), (4, "unsupported")]


# XML


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """L20."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    content = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<dictionary><cnode name="a"><pnode name="&e;"/></cnode></dictionary>'
    )
    with pytest.raises(LexiconError, match="it declares a document type"):
        load(tmp_path, content)


def test_entities_that_grow_are_refused_at_once(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    with pytest.raises(LexiconError, match="document type"):
        load(tmp_path, f'<!DOCTYPE d [{entities}]><dictionary><cnode name="&a11;"/></dictionary>')


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("<dictionary><cnode", "line 1: the XML is broken"),
        ("<dictionary>\n<cnode name='a'>\n</dictionary>", "line 3: the XML is broken"),
        ("<dictionary>" + "<cnode name='a'>" * 60, "deeper than 50 levels"),
        ("<html><body>no dictionary</body></html>", "no category of it has terms"),
    ],
)
def test_broken_xml_is_refused_with_its_line(tmp_path: Path, content: str, match: str) -> None:
    with pytest.raises(LexiconError, match=match):
        load(tmp_path, content)


def test_patterns_beside_categories_are_kept(tmp_path: Path) -> None:
    content = (
        '<dictionary><cnode name="root" desc="all"><cnode name="a" desc="of a">'
        '<cnode name="b" desc="of b"><pnode name="more"/></cnode><pnode name="lamb"/></cnode>'
        '<cnode name="c"><pnode name="mary"/></cnode></cnode></dictionary>'
    )
    lexicon = load(tmp_path, content)
    assert lexicon.name == "root"
    assert nested(lexicon) == {"a": {"__values__": ["lamb"], "b": ["more"]}, "c": ["mary"]}
    assert lexicon.categories[0].definition == "of a"
    assert lexicon.categories[0].subcategories == (("b", "of b"),)


def test_regular_expressions_are_never_taken_for_terms(tmp_path: Path) -> None:
    content = (
        '<dictionary patternengine="regexp"><cnode name="a"><pnode name="(a+)+b"/></cnode>'
        "</dictionary>"
    )
    with pytest.raises(LexiconError, match="no category of it has terms"):
        load(tmp_path, content)


# Outlines


def test_rules_of_wordstat_are_listed_and_weights_and_levels_kept(tmp_path: Path) -> None:
    content = (
        "THREAT\n\tMENACE (2)\n\tFRONT\n\t\tFRONT_LINE (1)\n\t@NEAR_RULE [A NEAR B] (1)\n"
        "AID\n\tRELIEF (1)\n"
    )
    lexicon = load(tmp_path, content)
    assert nested(lexicon) == {
        "THREAT": {"__values__": ["menace"], "FRONT": ["front line"]},
        "AID": ["relief"],
    }
    assert lexicon.entries["weight"].tolist() == [2.0, 1.0, 1.0]
    assert losses(lexicon) == [(5, "unsupported")]


def test_terms_before_the_first_category_are_listed(tmp_path: Path) -> None:
    lexicon = load(tmp_path, ">>a<<\nstate\n>>b<<\nunion\n>>a<<\nstate\nnation\n")
    assert nested(lexicon) == {"a": ["nation", "state"], "b": ["union"]}
    assert losses(lexicon) == [(5, "repeated category"), (6, "repeated term")]


def test_negations_of_lexicoder_are_listed(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "+a\nstate\n~not state\n")
    assert losses(lexicon) == [(3, "unsupported")]


# Quanteda and our own


def test_deep_levels_of_quanteda_are_paths(tmp_path: Path) -> None:
    content = "AFRICA:\n  EAST:\n    KE: [kenya, nairobi]\n  WEST: {GH: ghana}\nno: [off, 'yes']\n"
    lexicon = load(tmp_path, content)
    assert nested(lexicon) == {
        "AFRICA": {"EAST": {"KE": ["kenya", "nairobi"]}, "WEST": {"GH": ["ghana"]}},
        "no": ["off", "yes"],
    } or nested(lexicon)["no"] == ["off", "yes"]


def test_a_slip_in_our_own_form_is_no_dictionary_of_quanteda(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="has no field 'term'; it may have"):
        load(tmp_path, "threat:\n  term: [menac*]\n")


def test_old_encodings_are_read_and_listed(tmp_path: Path) -> None:
    old = load(tmp_path, "%\n1\ta\n%\ncaf\u00e9\t1\n".encode("cp1252"))
    assert nested(old) == {"a": ["caf\u00e9"]}
    assert losses(old) == [(pd.NA, "encoding")] or old.losses["what"].tolist() == ["encoding"]
    wide = load(tmp_path, ">>a<<\ncaf\u00e9\n".encode("utf-16"))
    assert nested(wide) == {"a": ["caf\u00e9"]}
    assert wide.losses.empty


# Writing

_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1
).map(lambda name: name.strip("/ ") or "a")
_TERMS = st.one_of(
    st.sampled_from(
        ["no", "yes", "*ism", "a: b", "- x", "#tag", "'n'", "911", "x*", "\u00e9t\u00e9", "null"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12),
)


@st.composite
def lexica(draw: st.DrawFn, *, plain: bool) -> fa.Lexicon | None:
    categories = {}
    for name in draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True)):
        terms = draw(st.lists(_TERMS, min_size=1, max_size=4, unique=True))
        entries: list[object] = list(terms)
        if not plain:
            entries[0] = {
                "term": terms[0],
                "weight": draw(st.floats(-5, 5)),
                "case": draw(st.sampled_from(["sensitive", "insensitive"])),
                "unless": draw(
                    st.lists(st.sampled_from(["no x", "of *"]), max_size=2, unique=True)
                ),
                "before": draw(st.lists(st.sampled_from(["the", "<number>"]), max_size=1)),
            }
        categories[name] = {"terms": entries}
        if not plain:
            categories[name]["definition"] = draw(st.sampled_from(["", "what: it #means"]))
            categories[name]["exclude"] = draw(st.lists(st.just("no z*"), max_size=1))
            categories[name]["subcategories"] = {
                sub: draw(st.lists(_TERMS, min_size=1, max_size=2, unique=True))
                for sub in draw(st.lists(_NAMES, max_size=2, unique=True))
            }
    try:
        return fa.lexicon_from_dict("demo", categories)
    except LexiconError:
        # Some texts are no terms; those that are refused cannot be written.
        return None


@given(lexica(plain=False))
def test_our_own_form_holds_everything(
    tmp_path_factory: pytest.TempPathFactory, lexicon: fa.Lexicon | None
) -> None:
    hypothesis.assume(lexicon is not None)
    assert lexicon is not None
    path = tmp_path_factory.mktemp("ours") / "demo.yml"
    assert fa.save_lexicon(lexicon, path).empty
    back = fa.load_lexicon(path)
    assert back == lexicon
    assert back.content_hash == lexicon.content_hash


@given(lexica(plain=True))
def test_plain_lexica_survive_the_form_of_quanteda(
    tmp_path_factory: pytest.TempPathFactory, lexicon: fa.Lexicon | None
) -> None:
    hypothesis.assume(lexicon is not None)
    assert lexicon is not None
    folder = tmp_path_factory.mktemp("other")
    written = fa.save_lexicon(lexicon, folder / "demo.yml", format="quanteda")
    assert written["what"].eq("name").all()
    assert fa.load_lexicon(folder / "demo.yml") == lexicon


def test_what_a_dic_file_holds_comes_back(tmp_path: Path) -> None:
    categories = {"A CATEGORY": ["more", "lamb*", "first aid"], "b": ["more", "911"]}
    lexicon = fa.lexicon_from_dict("demo", categories)
    fa.save_lexicon(lexicon, tmp_path / "demo.dic")
    back = fa.load_lexicon(tmp_path / "demo.dic")
    assert nested(back) == nested(lexicon)
    assert back.losses.empty


def test_nested_categories_come_back_from_the_form_of_quanteda(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "a: {b: [x], c: {d: [y, z]}}\ne: [w]\n")
    fa.save_lexicon(lexicon, tmp_path / "new.yml", format="quanteda")
    assert nested(fa.load_lexicon(tmp_path / "new.yml")) == nested(lexicon)


@pytest.mark.parametrize("name", ["framing", "hedging", "attribution"])
def test_a_builtin_lexicon_comes_back_whole(tmp_path: Path, name: str) -> None:
    lexicon = fa.load_lexicon(name)
    assert fa.save_lexicon(lexicon, tmp_path / f"{name}.yml").empty
    assert fa.load_lexicon(tmp_path / f"{name}.yml") == lexicon
    lost = fa.save_lexicon(lexicon, tmp_path / f"{name}.csv")
    assert set(lost["what"]) <= {"name", "definition"}
    assert fa.load_lexicon(tmp_path / f"{name}.csv").content_hash == lexicon.content_hash


def test_what_a_format_cannot_hold_is_listed(tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict(
        "demo",
        {
            "k": {
                "terms": [
                    {"term": "US", "case": "sensitive", "weight": 2, "unless": ["US Open"]},
                    "aid",
                ],
                "exclude": ["first aid"],
                "subcategories": {"s": ["relief"]},
                "definition": "Of k.",
            }
        },
    )
    liwc = fa.save_lexicon(lexicon, tmp_path / "demo.dic")
    check_table(liwc, "losses")
    assert sorted(liwc["what"]) == [
        *("case", "condition", "definition", "exclusion", "name", "subcategory", "weight"),
    ]
    quanteda = fa.save_lexicon(lexicon, tmp_path / "demo.yml", format="quanteda")
    assert "subcategory" not in set(quanteda["what"])


def test_writing_is_refused_in_one_sentence(tmp_path: Path) -> None:
    lexicon = fa.lexicon_from_dict("demo", {"k": ["aid"]})
    with pytest.raises(LexiconError, match="no format that is known"):
        fa.save_lexicon(lexicon, tmp_path / "demo.xyz")
    with pytest.raises(LexiconError, match="cannot be written"):
        fa.save_lexicon(lexicon, tmp_path / "missing" / "demo.yml")
    assert list(tmp_path.iterdir()) == []


# Damaged files

_MARKS = [
    *("%", "\t", "(", ")", "<of>", "<", "&e;", "<!DOCTYPE a [", '"', "'", ",", ":", "- ", "*"),
    *("\x00", "\ufeff", "9" * 20, "+", ">>", "<<", "~", "@", "{", "[", "&a", "!"),
]


@pytest.mark.parametrize("format", EXAMPLES)
def test_a_damaged_dictionary_is_read_or_refused_in_one_sentence(
    tmp_path: Path, format: str
) -> None:
    n_inputs = hypothesis.settings().max_examples // 3
    path = tmp_path / "demo.txt"
    for n in range(n_inputs):
        chance = random.Random(f"{format}{n}")  # noqa: S311 - no secret hangs on it
        data = bytearray(EXAMPLES[format].encode())
        for _ in range(chance.choice((1, 2, 5, 20))):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(5):
                case 0 if place < len(data):
                    data[place] ^= 1 << chance.randrange(8)
                case 1:
                    data[place:place] = chance.choice(_MARKS).encode()
                case 2:
                    del data[place : place + chance.choice((1, 5, 40))]
                case 3:
                    data[place:place] = data[place : place + 20] * chance.choice((1, 3, 200))
                case _:
                    del data[place:]
        path.write_bytes(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LexiconWarning)
            try:
                check_table(fa.load_lexicon(path).losses, "losses")
            except LexiconError as fault:
                message = str(fault)
                assert "demo.txt" in message
                assert "Traceback" not in message

"""The engine gives exactly what the slow reference gives, on texts made to trip it.

`make test` tries dozens of examples or two hundred, `make test-deep` twenty thousand of each kind.
"""

import warnings
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from analysis.hits.matching.compiled import compile_lexica
from analysis.hits.matching.engine import QUICK_PATH, scan
from tests.hits.matching.reference import reference_hits

# A table costs more than its few hits: an example has several texts.
FEW = settings(max_examples=settings().max_examples // 2)
MANY = settings(max_examples=max(200, settings().max_examples))

WORDS = st.sampled_from(
    [
        *(
            "a",
            "b",
            "ab",
            "A",
            "Ab",
            "a's",
            "b\u2019s",
            "c",
            "abc",
            "5",
            "ten",
            "\u00e9a",
            "e\u0301a",
        ),
        *("St", "st", "A.b", "No", "Ph.D", "abn 't", "ABN \u2019T", "an 't", "t"),
    ]
)
GAPS = st.sampled_from(
    [
        *(" ", " ", " ", "-", "\u2011", ", ", ". ", " \u2014 ", "\n", " $", "/", "  ", "' "),
        *("&", "\uff0f", ".\n", ".-", ". $", "! "),
    ]
)
PLAIN = st.lists(st.tuples(WORDS, GAPS), max_size=25).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
# Letters that fold to others or to several, marks, half letters, format characters, look-alikes
# of apostrophes, stops and hyphens, every kind of space and line break, currencies, and
# letters of other scripts and planes.
ODD = st.text(
    alphabet="aabbA'.- \u2019\u02bc\uff07\uff0e\u2024\u2044\u2011\uff0d\u00e9\u0301\u0130\u0131"
    "\u00df\ufb01\u00bd\u2116\u3392\u013f\u0149\u00b4\u1100\u1161\u11a8\uff9e\u00ad\u200b\u202e\ufeff\u2060"
    "\n\r\t\x0b\x1c\x85\u00a0\u2028\u2029\u3000$\u20ac\uff04,;\u2026\u2014/5\u0663\u096a_\u0430"
    "\u0916\u094d\u4e2d\U0001f600\U00010400",
    max_size=40,
)
TEXTS = st.one_of(PLAIN, ODD, st.tuples(PLAIN, ODD, PLAIN).map("".join), st.text(max_size=30))
SOME_TEXTS = st.lists(TEXTS, min_size=2, max_size=4)
# No table holds lone surrogates, but the engine does not mind them.
WITH_SURROGATES = st.tuples(TEXTS, st.sampled_from(["", "\ud800"]), TEXTS).map("".join)
TERMS = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "a*",
            "*b",
            "?b",
            "a?",
            "*",
            "ab",
            "A",
            "\u00e9*",
            "a*c",
            "?",
            "a'b",
            "*b*",
            "?ab*",
            "a/b",
            "*&a*",
            "5/5",
            "st. a",
            "A.b.",
            "ab. c",
            "st.",
            "no. 5",
            "no. a",
            "ph.d.",
            "abn't",
        ]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
NEAR = st.fixed_dictionaries(
    {"terms": st.lists(TERMS, min_size=1, max_size=2)},
    optional={
        "within": st.sampled_from([1, 2, 5, "sentence", [3, "sentence"]]),
        "side": st.sampled_from(["before", "after"]),
    },
)
NEIGHBOURS = st.lists(st.sampled_from(["<number>", "a", "b*"]), max_size=2)
CONDITIONS = {
    "case": st.sampled_from(["sensitive", "insensitive"]),
    "unless": st.lists(TERMS, max_size=2),
    "before": NEIGHBOURS,
    "after": NEIGHBOURS,
}


def categories_of(conditions: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    entries = st.fixed_dictionaries({"term": TERMS}, optional=conditions)
    return st.dictionaries(
        st.sampled_from(["one", "two", "three"]),
        st.fixed_dictionaries(
            {"terms": st.lists(entries, min_size=1, max_size=5)},
            optional={"exclude": st.lists(TERMS, max_size=2)},
        ),
        min_size=1,
    )


# Without what looks further than to the next token.
SIMPLE_CATEGORIES = categories_of(CONDITIONS)
CATEGORIES = categories_of(CONDITIONS | {"near": NEAR, "not_near": NEAR})
NESTED = st.sampled_from(["category", "lexicon"])


def lexicon_of(name: str, categories: dict[str, Any]) -> fa.Lexicon:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LexiconWarning)
            return fa.lexicon_from_dict(name, categories)
    except LexiconError:
        assume(False)
        raise


def paragraph_of(text: str) -> pd.DataFrame:
    return pd.DataFrame({"document_id": ["a"], "paragraph": [0], "start": [0], "text": [text]})


def table_of(texts: list[str]) -> pd.DataFrame:
    return pd.concat(map(paragraph_of, texts), ignore_index=True).assign(
        paragraph=range(len(texts))
    )


@given(SOME_TEXTS, CATEGORIES, NESTED)
def test_the_engine_agrees_with_the_reference(
    texts: list[str], categories: dict[str, Any], nested: str
) -> None:
    lexicon = lexicon_of("test", categories)
    paragraphs = table_of(texts)
    hits = fa.find_hits(paragraphs, lexicon, nested=nested, in_context=False)
    columns = ["paragraph", "start", "end", "category", "entry"]
    expected = [
        (n, *hit) for n, text in enumerate(texts) for hit in reference_hits(text, lexicon, nested)
    ]
    found = sorted(hits[columns].itertuples(index=False, name=None))
    assert found == sorted(hit[:5] for hit in expected)
    blocked = hits.loc[hits["blocked_by"].notna(), columns].itertuples(index=False, name=None)
    assert sorted(blocked) == sorted(hit[:5] for hit in expected if hit[5] is not None)
    counts = fa.count_hits(paragraphs, lexicon, nested=nested)
    counted = [(n, category) for n, _, _, category, _, blocked_by in expected if blocked_by is None]
    assert counts["n_hits"].tolist() == [
        counted.count((n, name)) for n in range(len(texts)) for name in lexicon.category_names
    ]


@pytest.mark.skipif(not QUICK_PATH, reason="the quick path was not compiled at set-up")
@MANY
@given(st.lists(WITH_SURROGATES, max_size=4), st.lists(CATEGORIES, min_size=1, max_size=2), NESTED)
def test_the_quick_and_the_exact_path_agree_in_every_number(
    texts: list[str], lexica: list[dict[str, Any]], nested: Any
) -> None:
    compiled = compile_lexica([lexicon_of(f"x{n}", c) for n, c in enumerate(lexica)])
    for listing in (True, False):
        paths = [
            list(scan(compiled, texts, nested=nested, listing=listing, quick=quick))
            for quick in (True, False)
        ]
        for quick, exact in zip(*paths, strict=True):
            assert quick.texts == exact.texts
            assert quick.counts.tolist() == exact.counts.tolist()
            assert quick.n_tokens.tolist() == exact.n_tokens.tolist()
            assert quick.matches.tolist() == exact.matches.tolist()


@FEW
@given(SOME_TEXTS, CATEGORIES, CATEGORIES, NESTED)
def test_several_lexica_in_one_pass_give_what_each_gives_alone(
    texts: list[str], one: dict[str, Any], two: dict[str, Any], nested: str
) -> None:
    lexica = [lexicon_of("one", one), lexicon_of("two", two)]
    paragraphs = table_of(texts)
    together, *alone = (
        fa.find_hits(paragraphs, some, nested=nested, in_context=False)
        for some in (lexica, *([lexicon] for lexicon in lexica))
    )
    expected = pd.concat(alone, ignore_index=True).sort_values("paragraph", kind="stable")
    pd.testing.assert_frame_equal(together, expected.reset_index(drop=True))

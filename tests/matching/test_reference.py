"""The engine gives exactly what the slow reference gives, on texts made to trip it."""

import warnings
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import LexiconError, LexiconWarning
from tests.matching.reference import reference_hits

WORDS = st.sampled_from(
    ["a", "b", "ab", "A", "Ab", "a's", "b\u2019s", "c", "abc", "5", "ten", "\u00e9a", "e\u0301a"]
)
GAPS = st.sampled_from(
    [" ", " ", " ", "-", "\u2011", ", ", ". ", " \u2014 ", "\n", " $", "/", "  "]
)
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=25).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
TERMS = st.lists(
    st.sampled_from(["a", "b", "a*", "*b", "?b", "a?", "*", "ab", "A", "\u00e9*", "a*c"]),
    min_size=1,
    max_size=3,
).map(" ".join)
NEIGHBOURS = st.lists(st.sampled_from(["<number>", "a", "b*"]), max_size=2)
ENTRIES = st.fixed_dictionaries(
    {"term": TERMS},
    optional={
        "case": st.sampled_from(["sensitive", "insensitive"]),
        "unless": st.lists(TERMS, max_size=2),
        "before": NEIGHBOURS,
        "after": NEIGHBOURS,
    },
)
CATEGORIES = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.fixed_dictionaries(
        {"terms": st.lists(ENTRIES, min_size=1, max_size=5)},
        optional={"exclude": st.lists(TERMS, max_size=2)},
    ),
    min_size=1,
)


@given(TEXTS, CATEGORIES)
def test_the_engine_agrees_with_the_reference(text: str, categories: dict[str, Any]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LexiconWarning)
            lexicon = fa.lexicon_from_dict("test", categories)
    except LexiconError:
        return
    paragraphs = fa.documents_from_texts([text]).assign(paragraph=0, start=0)
    hits = fa.find_hits(paragraphs, lexicon)
    columns = ["start", "end", "category", "entry"]
    found = sorted(hits[columns].itertuples(index=False, name=None))
    expected = reference_hits(text, lexicon)
    assert found == sorted(hit[:4] for hit in expected)
    blocked = hits.loc[hits["blocked_by"].notna(), columns].itertuples(index=False, name=None)
    assert sorted(blocked) == sorted(hit[:4] for hit in expected if hit.blocked_by is not None)

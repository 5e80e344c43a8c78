"""The engine as a whole: what must not change a result, and what it must not cost."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as fa
from analysis import errors
from analysis.errors import LexiconError
from analysis.hits.matching import engine
from analysis.hits.matching.automaton import Automaton
from analysis.hits.matching.compiled import compile_lexica
from analysis.hits.matching.engine import QUICK_PATH, scan
from tests.hits.matching.test_reference import (
    CATEGORIES,
    SIMPLE_CATEGORIES,
    TEXTS,
    lexicon_of,
    paragraph_of,
    table_of,
)

# An example makes several tables, of which each costs more than its few hits.
FEW = settings(max_examples=max(50, settings().max_examples // 10))
PATHS = pytest.param(True, marks=pytest.mark.skipif(not QUICK_PATH, reason="not compiled")), False


def without_place(hits: pd.DataFrame) -> list[tuple[Any, ...]]:
    rows = hits.drop(columns=["document_id", "paragraph"]).astype(object).where(hits.notna(), None)
    return sorted(rows.itertuples(index=False, name=None), key=repr)


@FEW
@given(TEXTS, SIMPLE_CATEGORIES)
def test_a_text_doubled_has_each_hit_twice(text: str, categories: dict[str, Any]) -> None:
    lexicon = lexicon_of("test", categories)
    both = table_of([text, f"{text}\n\n;\n\n{text}"])
    hits = fa.find_hits(both, lexicon, in_context=False)
    once, twice = (hits[hits["paragraph"] == n].reset_index(drop=True) for n in (0, 1))
    shift = len(text) + 5
    again = once.assign(start=once["start"] + shift, end=once["end"] + shift)
    expected = pd.concat([once, again], ignore_index=True)
    columns = ["start", "end", "surface", "category", "entry", "blocked_by"]
    pd.testing.assert_frame_equal(twice[columns], expected[columns])
    n_tokens = fa.count_hits(both, lexicon).groupby("paragraph")["n_tokens"].first()
    assert n_tokens[1] == 2 * n_tokens[0]


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=5), CATEGORIES, st.randoms(use_true_random=False))
def test_paragraphs_shuffled_have_the_same_hits(
    texts: list[str], categories: dict[str, Any], draw: Any
) -> None:
    lexicon = lexicon_of("test", categories)
    paragraphs = table_of(texts)
    order = list(range(len(texts)))
    draw.shuffle(order)
    hits = fa.find_hits(paragraphs, lexicon, in_context=False)
    shuffled = fa.find_hits(paragraphs.iloc[order], lexicon, in_context=False)
    back = shuffled.sort_values("paragraph", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(back, hits)
    counts = fa.count_hits(paragraphs.iloc[order], lexicon)
    pd.testing.assert_frame_equal(
        counts.sort_values("paragraph", kind="stable", ignore_index=True),
        fa.count_hits(paragraphs, lexicon),
    )


@FEW
@given(TEXTS, CATEGORIES, st.randoms(use_true_random=False))
def test_terms_shuffled_give_the_same_hits(
    text: str, categories: dict[str, Any], draw: Any
) -> None:
    shuffled = {
        name: category | {"terms": draw.sample(category["terms"], len(category["terms"]))}
        for name, category in categories.items()
    }
    one, two = (lexicon_of("test", c) for c in (categories, shuffled))
    hits = [fa.find_hits(paragraph_of(text), x, in_context=False) for x in (one, two)]
    assert one.id == two.id
    pd.testing.assert_frame_equal(*hits)


@FEW
@given(TEXTS, CATEGORIES)
def test_a_lexicon_split_by_category_gives_the_same_hits(
    text: str, categories: dict[str, Any]
) -> None:
    whole = fa.find_hits(paragraph_of(text), lexicon_of("test", categories), in_context=False)
    parts = [
        fa.find_hits(paragraph_of(text), lexicon_of("test", {name: category}), in_context=False)
        for name, category in categories.items()
    ]
    together = pd.concat(parts, ignore_index=True).drop(columns="lexicon")
    assert without_place(together) == without_place(whole.drop(columns="lexicon"))


@pytest.mark.parametrize("quick", PATHS)
def test_batches_do_not_change_a_result(quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compile_lexica([fa.load_lexicon("framing"), fa.load_lexicon("hedging")])
    texts = [f"The border may be closed, {n} said; troops are near." for n in range(50)]
    (whole,) = scan(compiled, texts, quick=quick)
    monkeypatch.setattr(engine, "_BATCH_CHARACTERS", 100)
    parts = list(scan(compiled, texts, quick=quick))
    assert len(parts) > 10
    assert [row for part in parts for row in part.counts.tolist()] == whole.counts.tolist()
    spans = [m for part in parts for m in part.matches[["start", "end", "entry"]].tolist()]
    assert spans == whole.matches[["start", "end", "entry"]].tolist()


def test_equal_content_is_compiled_once_whatever_its_order() -> None:
    one = fa.lexicon_from_dict("k", {"a": ["border", "troop*"]})
    two = fa.lexicon_from_dict("k", {"a": ["troop*", "border"]})
    assert compile_lexica([one]) is compile_lexica([two])
    assert compile_lexica([one]) is not compile_lexica([fa.lexicon_from_dict("k", {"a": ["x"]})])


def test_what_is_compiled_travels_to_another_process_as_its_lexica() -> None:
    compiled = compile_lexica([fa.load_lexicon("framing"), fa.load_lexicon("boosters")])
    copy = pickle.loads(pickle.dumps(compiled))  # noqa: S301 - made a line above
    assert copy is compiled, "equal content is compiled once in a process"
    program = (
        "import pickle, sys; from analysis.hits.matching.engine import scan\n"
        "compiled = pickle.load(sys.stdin.buffer)\n"
        "print(next(scan(compiled, ['The border is clearly threatened.'])).counts.tolist())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps(compiled),
        capture_output=True,
        check=True,
    )
    (here,) = scan(compiled, ["The border is clearly threatened."])
    assert run.stdout.decode().strip() == str(here.counts.tolist())
    assert here.counts.sum() > 1


def test_threads_that_share_a_lexicon_do_not_disturb_each_other() -> None:
    lexicon = fa.lexicon_from_dict("k", {"a": ["w*", {"term": "X1", "case": "sensitive"}]})
    texts = [" ".join(f"w{n}-{m} x1 X1" for m in range(100)) for n in range(40)]
    tables = [paragraph_of(text) for text in texts]
    alone = [fa.find_hits(table, lexicon) for table in tables]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda table: fa.find_hits(table, lexicon), tables * 4))
    for hits, expected in zip(together, alone * 4, strict=True):
        pd.testing.assert_frame_equal(hits, expected)


def test_words_are_learned_anew_after_very_many() -> None:
    """A run of any length needs memory for so many words only; results stay the same."""
    lexicon = fa.lexicon_from_dict("k", {"a": ["word1*", {"term": "Word2", "case": "sensitive"}]})
    texts = [" ".join(f"word{n * 1000 + m}" for m in range(1000)) + " Word2" for n in range(600)]
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": range(600), "text": texts})
    counts = fa.count_hits(paragraphs, lexicon)["n_hits"]
    expected = [1 + sum(str(n * 1000 + m).startswith("1") for m in range(1000)) for n in range(600)]
    assert counts.tolist() == expected


def test_a_very_long_term_is_refused_and_very_many_are_accepted() -> None:
    """L17"""
    with pytest.raises(LexiconError, match="at most 1,000"):
        fa.lexicon_from_dict("k", {"a": ["x" * 10_000]})
    many = fa.lexicon_from_dict("k", {"a": [f"term{n} of{n % 97}" for n in range(20_000)]})
    counts = fa.count_hits(paragraph_of("term19999 of17, term3 of4"), many)
    assert counts["n_hits"].tolist() == [1]


@pytest.mark.parametrize("quick", PATHS)
@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (["a*a*a*a*a*a*a*a*a*b"], "a" * 300_000, 0),
        (["?*?*?*?*?*?*x"], "a" * 300_000 + "x", 1),
        (["a a a a a a a a b", "a* a* a* a* b", "* * * * c"], "a " * 40_000 + "b", 1),
        (["a" * n for n in range(1, 60)], "a-" * 40_000, 40_000),
    ],
)
def test_hostile_terms_do_not_hang_on_long_texts(
    quick: bool, terms: list[str], text: str, expected: int
) -> None:
    """L18: what takes time with the square of the text would take hours here."""
    compiled = compile_lexica([fa.lexicon_from_dict("hostile", {"k": terms})])
    (found,) = scan(compiled, [text], quick=quick)
    assert found.counts.tolist() == [[expected]]


def test_many_nested_terms_and_exclusions_do_not_hang() -> None:
    nested = [" ".join(["a"] * n) for n in range(1, 200)]
    lexicon = fa.lexicon_from_dict("nested", {"k": {"terms": nested, "exclude": nested[1:]}})
    hits = fa.find_hits(paragraph_of("a " * 600), lexicon)
    assert set(hits["blocked_by"]) == {nested[-1]}


def test_a_scan_broken_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    categories = {"k": {"terms": ["bord* war", "war"], "exclude": ["the border war"]}}
    lexicon = fa.lexicon_from_dict("broken", categories)
    paragraph = paragraph_of("war, the border war, a border war, war border war")
    exact = fa.find_hits(paragraph, fa.lexicon_from_dict("broken off", categories))
    step = Automaton.step
    for patience in range(1, 8):
        calls = iter(range(patience))

        def interrupted(self: Automaton, *where: int, calls: Any = calls) -> int:
            reached = step(self, *where)
            if next(calls, None) is None:
                raise KeyboardInterrupt
            return reached

        monkeypatch.setattr(Automaton, "step", interrupted)
        try:
            fa.find_hits(paragraph, lexicon)
        except KeyboardInterrupt:
            monkeypatch.setattr(Automaton, "step", step)
            hits = fa.find_hits(paragraph, lexicon)
            assert hits.drop(columns="lexicon").equals(exact.drop(columns="lexicon"))
            engine._scanner.cache_clear()


def test_lexica_that_share_a_short_id_are_kept_apart() -> None:
    one, two = (fa.lexicon_from_dict("k", {"a": [term]}) for term in ("t8148", "t19923"))
    assert one.id == two.id, "the example needs two contents with the same short hash"
    counts = [fa.count_hits(paragraph_of("t19923"), lexicon) for lexicon in (one, two)]
    assert [table["n_hits"].tolist() for table in counts] == [[0], [1]]


@pytest.mark.parametrize(
    "texts",
    [
        pd.Series([np.str_("The border"), np.str_("The border")], dtype=object),
        pd.Series(["The border", "The border"], dtype="category"),
        pd.Series(["The border", "The border"], dtype="string"),
    ],
)
def test_texts_may_come_in_any_dtype_of_strings(texts: pd.Series) -> None:
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": [0, 1], "start": 0, "text": texts})
    assert len(fa.find_hits(paragraphs, fa.lexicon_from_dict("k", {"k": ["border"]}))) == 2


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("document_id", None, "'document_id' .* null in row 0"),
        ("start", None, "'start' .* null in row 0"),
        ("start", 0.5, "'start' .* whole numbers"),
        ("paragraph", "first", "'paragraph' .* expected int64"),
    ],
)
def test_places_that_are_none_are_refused(column: str, value: Any, message: str) -> None:
    paragraphs = paragraph_of("The border").astype(object).assign(**{column: [value]})
    with pytest.raises(errors.TableError, match=message):
        fa.find_hits(paragraphs, fa.load_lexicon("framing"))


def test_terms_with_wildcards_at_both_ends_find_their_inner_letters() -> None:
    lexicon = fa.lexicon_from_dict("k", {"a": ["*migra*", "?ord?r", "*or*er*", "*a?e*"]})
    hits = fa.find_hits(
        paragraph_of("Emigrants, border orders, ordering; a safe migraine."), lexicon
    )
    assert hits[["surface", "entry"]].to_numpy().tolist() == [
        ["Emigrants", "*migra*"],
        ["border", "?ord?r"],
        ["orders", "*or*er*"],
        ["ordering", "*or*er*"],
        ["safe", "*a?e*"],
        ["migraine", "*migra*"],
    ]


def test_a_column_that_is_there_twice_is_named() -> None:
    paragraphs = paragraph_of("The border")
    twice = pd.concat([paragraphs, paragraphs[["text"]]], axis=1)
    with pytest.raises(errors.TableError, match="more than one column 'text'"):
        fa.find_hits(twice, fa.load_lexicon("framing"))


def test_regular_expressions_are_plain_text_and_reported() -> None:
    """L19: there are none, so that none can take for ever."""
    with pytest.warns(errors.LexiconWarning, match="no text can match"):
        lexicon = fa.lexicon_from_dict("k", {"a": [r"(\w+\s*)+!", "word"]})
    assert lexicon.problems["term"].tolist() == [r"(\w+\s*)+!"]
    assert fa.count_hits(paragraph_of("word " * 2000), lexicon)["n_hits"].tolist() == [2000]


def test_counts_are_those_of_the_hits_for_the_bundled_articles() -> None:
    paragraphs = fa.split_paragraphs(fa.read_documents(fa.data_folder()))
    lexica = [fa.load_lexicon(name) for name in ("framing", "hedging", "boosters")]
    for nested in ("category", "lexicon"):
        scores = fa.score_paragraphs(
            paragraphs, fa.find_hits(paragraphs, lexica, nested=nested), lexica
        )
        counts = fa.count_hits(paragraphs, lexica, nested=nested)
        columns = ["document_id", "paragraph", "lexicon", "category", "n_hits", "n_tokens"]
        pd.testing.assert_frame_equal(counts[columns], scores[columns])
        assert counts["n_hits"].sum() > 100


def test_counting_needs_no_offsets_and_says_what_is_missing() -> None:
    table = paragraph_of("The army")[["document_id", "paragraph", "text"]]
    assert fa.count_hits(table, fa.load_lexicon("framing"))["n_hits"].sum() == 1
    with pytest.raises(errors.TableError, match="no column 'paragraph'"):
        fa.count_hits(table.drop(columns="paragraph"), fa.load_lexicon("framing"))
    empty = fa.count_hits(table.head(0), fa.load_lexicon("framing"))
    assert empty.empty
    assert empty.columns.tolist()[-2:] == ["n_hits", "n_tokens"]


def test_a_text_that_no_file_could_hold_is_refused_by_its_row() -> None:
    texts = pd.Series(["The border", "\ud800\u1161 border"], dtype=object)
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": [0, 1], "start": 0, "text": texts})
    with pytest.raises(errors.TableError, match=r"row 1, which holds half a surrogate pair"):
        fa.find_hits(paragraphs, fa.load_lexicon("framing"))

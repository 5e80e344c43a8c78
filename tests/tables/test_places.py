"""Hits belong to their paragraphs, or no function that takes both gives a number."""

import inspect
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError

# Invented sentences.
TEXTS = {
    "a": "A threat at the border.\n\nAid came; the threat grew.",
    "b": "Rain fell. A threat.\n\nNo aid came, and no more of it.",
}
LEXICON = fa.lexicon_from_dict("demo", {"k": ["threat", "border"], "aid": ["aid"]})
SIDES = {"by": "document_id", "group_a": "a", "group_b": "b"}
Tables = dict[str, pd.DataFrame]


def split(texts: dict[str, str]) -> pd.DataFrame:
    return fa.split_paragraphs(fa.documents_from_texts(list(texts.values()), list(texts)))


@pytest.fixture(scope="module")
def tables() -> Tables:
    paragraphs = split(TEXTS)
    hits = fa.find_hits(paragraphs, LEXICON)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON)
    codes = paragraphs[["document_id", "paragraph"]].assign(category="k", coder="A", code="0")
    codes.loc[0, "code"] = "1"
    documents = fa.documents_from_texts(list(TEXTS.values()), list(TEXTS))
    return {
        "documents": documents,
        "paragraphs": paragraphs,
        "hits": hits,
        "scores": scores,
        "codes": codes,
    }


# Each call gets the paragraphs and hits to try, the other tables, and a folder.
CALLS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Tables, Path], Any]] = {
    "find_speakers": lambda p, h, _, __: fa.find_speakers(p, h),
    "score_paragraphs": lambda p, h, _, __: fa.score_paragraphs(p, h, LEXICON),
    "keywords_in_context": lambda p, h, _, __: fa.keywords_in_context(p, h),
    "count_speakers": lambda p, h, _, __: fa.count_speakers(h, p),
    "hedging_density": lambda p, h, _, __: fa.hedging_density(p, h),
    "show_text": lambda p, h, _, __: fa.show_text(p, h, document_id="a", categories=["aid"]),
    "describe_document": lambda p, h, own, _: fa.describe_document(
        p, h, own["scores"], document_id="a"
    ),
    "save_texts": lambda p, h, _, folder: fa.save_texts(p, h, folder / "texts"),
    "explore": lambda p, h, own, _: fa.explore(p, h, own["scores"], LEXICON),
    "word_shift": lambda p, h, _, __: fa.word_shift(p, h, "k", **SIDES),
    "leave_one_out": lambda p, h, _, __: fa.leave_one_out(p, h, "k", **SIDES),
    "multiverse": lambda p, h, _, __: fa.multiverse(p, h, LEXICON, "k", **SIDES),
    "check_comparison": lambda p, h, own, _: fa.check_comparison(
        own["documents"], p, h, by="document_id"
    ),
    "compare_pair": lambda p, h, own, _: fa.compare_pair(
        own["documents"], p, h, LEXICON, by="document_id", keep_copies=True, n_resamples=49
    ),
    "cooccurrence": lambda p, h, _, __: fa.cooccurrence(p, h),
    "validate_lexicon": lambda p, h, own, _: fa.validate_lexicon(
        h, own["scores"], own["codes"], paragraphs=p
    ),
}


def moved(hits: pd.DataFrame, start: int = 0, end: int = 0) -> pd.DataFrame:
    return hits.assign(start=hits["start"] + start, end=hits["end"] + end)


# What is done to the two tables, so that they do not belong together.
STRANGERS: dict[str, Callable[[pd.DataFrame, pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]] = {
    "text split again": lambda _, h: (split({**TEXTS, "a": f"Headline\n\n{TEXTS['a']}"}), h),
    "other texts, same ids": lambda _, h: (
        split(dict.fromkeys(TEXTS, "Rain fell.\n\nAll day.")),
        h,
    ),
    "same length, other words": lambda _, h: (
        split({name: text.replace("threat", "treaty") for name, text in TEXTS.items()}),
        h,
    ),
    "a paragraph missing": lambda p, h: (p[p["paragraph"] > 0], h),
    "no paragraphs": lambda p, h: (p.head(0), h),
    "past the end": lambda p, h: (p, moved(h, 1_000, 1_000)),
    "before the beginning": lambda p, h: (p, moved(h, -1_000, -1_000)),
    # The first paragraph has 23 characters: counted from its end, the words are the same.
    "counted from the end": lambda p, h: (p, pd.concat([moved(h.head(2), -23, -23), h.iloc[2:]])),
    "one too long": lambda p, h: (p, moved(h, end=1)),
    "another surface": lambda p, h: (p, h.assign(surface="peril")),
    "all vetoed": lambda p, h: (p, moved(h, 1, 1).assign(blocked_by="no threat")),
}


def test_every_function_that_takes_paragraphs_and_hits_is_tried() -> None:
    public = {name: getattr(fa, name) for name in fa.__all__}
    takers = {
        name
        for name, own in public.items()
        if inspect.isfunction(own)
        and {"paragraphs", "hits"} <= {*inspect.signature(own).parameters}
    }
    assert takers == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
def test_tables_that_belong_together_are_taken_in_any_order_of_rows(
    name: str, tables: Tables, tmp_path: Path
) -> None:
    paragraphs, hits = (tables[table].iloc[::-1] for table in ("paragraphs", "hits"))
    CALLS[name](paragraphs, hits, tables, tmp_path)


# A validation counts no vetoed hits, so that they may lie in paragraphs that nobody coded.
PAIRS = {*product(CALLS, STRANGERS)} - {("validate_lexicon", "all vetoed")}


@pytest.mark.parametrize(("name", "strange"), sorted(PAIRS))
def test_tables_that_do_not_belong_together_are_refused(
    name: str, strange: str, tables: Tables, tmp_path: Path
) -> None:
    paragraphs, hits = STRANGERS[strange](tables["paragraphs"], tables["hits"])
    told = (
        r"the hit '\w+' at -?\d+ to -?\d+ of document '[ab]' is not in paragraph \d; "
        "give the paragraphs that the hits were found in, or find the hits again"
    )
    if strange in ("before the beginning", "counted from the end"):
        told = r"column 'start' of the hits table is -\d+ in row 0; give whole numbers .*"
    if (name, strange) == ("show_text", "no paragraphs"):
        told = "paragraphs has no document 'a'; it has none"
    with pytest.raises(TableError) as refused:
        CALLS[name](paragraphs, hits, tables, tmp_path)
    assert re.fullmatch(told, str(refused.value))
    assert not [*tmp_path.iterdir()]

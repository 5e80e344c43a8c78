"""A lexicon and invented codes that agree by halves, and measures written out unit by unit."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

import analysis as fa
from analysis.lexicons.model import Lexicon

ENTRIES = {"security": ["threat*", "army", "danger*"], "aid": ["pension*", "food bank"]}
WORDS = ["threats", "army", "danger", "pensions", "food bank", "rain", "talks", "trade"]


class Case(NamedTuple):
    """A corpus, what the lexicon finds in it, and codes of a part of it."""

    paragraphs: pd.DataFrame
    lexicon: Lexicon
    hits: pd.DataFrame
    scores: pd.DataFrame
    codes: pd.DataFrame


def case_of(
    texts: Sequence[str], codes: Sequence[str | None], *, category: str = "security"
) -> Case:
    """Return documents of one or more paragraphs each, coded for one category."""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    lexicon = fa.lexicon_from_dict("demo", ENTRIES)
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_paragraphs(paragraphs, hits, lexicon)
    given = paragraphs[["document_id", "paragraph"]].assign(
        category=category, coder="Ana", code=pd.Series(codes, dtype="str")
    )
    return Case(paragraphs, lexicon, hits, scores, given)


@cache
def random_case(seed: int, *, n_documents: int = 30, per_document: int = 5) -> Case:
    """Return a corpus whose codes follow its words as often as not."""
    generator = np.random.default_rng(seed)
    texts = [
        "\n\n".join(
            f"The {' and '.join(generator.choice(WORDS, generator.integers(1, 8)))} of May."
            for _ in range(per_document)
        )
        for _ in range(n_documents)
    ]
    case = case_of(texts, ["0"] * n_documents * per_document)
    units = case.scores[["document_id", "paragraph", "category", "n_hits"]]
    follows = generator.random(len(units)) < 0.6
    guess = generator.random(len(units)) < 0.3
    positive = np.where(follows, units["n_hits"] >= 2, guess)
    codes = units.drop(columns="n_hits").assign(
        coder="Ana", code=pd.Series(np.where(positive, "1", "0"), dtype="str")
    )
    return case._replace(codes=codes)


def units_of(case: Case, category: str = "security") -> pd.DataFrame:
    """Return the coded paragraphs of a category with scores, and whether they are positive."""
    key = ["document_id", "paragraph", "category"]
    units = case.codes[case.codes["category"] == category].merge(case.scores, on=key)
    return units.assign(positive=units["code"] == "1")


def slow_area(positive: Sequence[bool], score: Sequence[float], weight: Sequence[float]) -> float:
    """Compare every positive unit with every negative one."""
    units = list(zip(positive, score, weight, strict=True))
    above = [unit for unit in units if unit[0]]
    below = [unit for unit in units if not unit[0]]
    won = sum(
        one[2] * two[2] * ((one[1] > two[1]) + (one[1] == two[1]) / 2)
        for one, two in product(above, below)
    )
    return won / sum(one[2] * two[2] for one, two in product(above, below))

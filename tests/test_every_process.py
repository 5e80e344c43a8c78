"""Results are the same in every process, whatever the seed of its hashes."""

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from tests.comparison import test_groups
from tests.exploration import test_suggestions, test_topics
from tests.validation import test_lexicon, test_sampling
from tests.validation.coded_corpora import random_case
from tests.validation.invented_codes import codes_of, random_matrix

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import json, sys
from tests.test_every_process import results
json.dump(results(), sys.stdout)
"""


def written(*tables: pd.DataFrame) -> str:
    return "\n".join(table.to_csv() for table in tables)


def whole_analysis() -> str:
    """S03."""
    text = (
        "The army may cross the border.\n\nSocial security and veterans\u2019 pensions could "
        "suffer, according to officials."
    )
    return written(*fa.analyze(fa.documents_from_texts([text])).values())


def comparison() -> str:
    texts = test_groups.texts
    scores = test_groups.scores_of_groups({"a": texts(6, 2), "b": texts(6, 3, 2)})
    options = {"by": "desk", "n_resamples": 199, "seed": 5}
    return written(fa.compare_groups(scores, **options), fa.score_intervals(scores, **options))


def suggestions() -> str:
    return written(test_suggestions.suggestions())


def topics() -> str:
    paragraphs = test_topics.random_paragraphs()
    made = (
        fa.find_topics(paragraphs, n_topics=3, method=method, seed=5) for method in ("NMF", "LDA")
    )
    return written(*(table for tables in made for table in tables.values()))


def agreement() -> str:
    codes = codes_of(random_matrix(1, n_units=80), per_document=4)
    return written(fa.agreement(codes, n_resamples=199, seed=5), fa.disagreements(codes))


def sample() -> str:
    paragraphs, scores = test_sampling.PARAGRAPHS, test_sampling.SCORES
    return written(fa.make_coding_sheet(paragraphs, scores, n=30, by="outlet", seed=4))


def validation() -> str:
    case = random_case(1, n_documents=15, per_document=3)
    made = test_lexicon.validate(case, paragraphs=case.paragraphs)
    ceiling = fa.supervised_ceiling(case.paragraphs, case.codes, n_folds=2, n_resamples=99)
    text = fa.describe_validation(made, lexicon="demo", ceiling=ceiling)
    return written(*made.values(), ceiling) + text


RESULTS: dict[Callable[[], str], str] = {
    whole_analysis: "border",
    comparison: "BCa",
    suggestions: "siege",
    topics: "troops",
    agreement: "alpha",
    sample: "probability",
    validation: "BCa",
}


def results() -> dict[str, str]:
    with warnings.catch_warnings(action="ignore"):
        return {make.__name__: make() for make in RESULTS}


@pytest.fixture(scope="module")
def here() -> dict[str, str]:
    """Results of this process, whose hash seed was drawn as it began."""
    return results()


def test_the_results_hold_what_they_are_to_hold(here: dict[str, str]) -> None:
    for make, word in RESULTS.items():
        assert word in here[make.__name__]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_results_are_the_same_in_every_process(here: dict[str, str], hash_seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    there = json.loads(run.stdout)
    assert [name for name in here if there[name] != here[name]] == []

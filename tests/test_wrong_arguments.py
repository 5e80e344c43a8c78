"""An argument of a kind that a function does not take is refused in one sentence."""

import inspect
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

import analysis as fa
from analysis.errors import MediaFramingError
from tests.calls import VERBS, lexica, lexicon, table

# What a name, a number, a list, a lexicon or Axes could be mistaken for.
_WRONG: dict[str, Any] = {
    "a number": 3,
    "a negative number": -1.5,
    "a name": "no such name",
    "an empty text": "",
    "no entries": [],
    "a list of numbers": [3],
    "a list of names": ["no such name"],
    "a list of lists": [["a"]],
    "a dictionary": {"a": 1},
    "a set": {"a"},
    "truth": True,
    "an object": object(),
    "bytes": b"a",
    "not a number": float("nan"),
}
# What is only asked whether it is true: all else would only be computed again.
_TRUTHS = ("no entries", "an object")
_DESKS = {"by": "desk", "group_a": "a", "group_b": "b"}
_FEW = {"n_resamples": 49}
_TWO = ("paragraphs", "own_hits")
_OF_FEW = ("few_documents", "few_paragraphs", "few_hits")
_CALLS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "agreement": (("codes",), _FEW),
    "analyze": (("documents",), {}),
    "check_comparison": (("documents", *_TWO), {"by": "desk"}),
    "cluster_documents": (("similarities",), {}),
    "compare_documents": (("few_scores",), _FEW),
    "compare_groups": (("scores",), {"by": "desk", **_FEW}),
    "compare_pair": (_OF_FEW, {"lexica": None, "by": "desk", **_FEW}),
    "compare_pairs": (("scores", "document_pairs"), _FEW),
    "compare_lexica": (("paragraphs",), {"lexicon": None, "changed": None}),
    "compare_periods": (("scores",), {"at": "2025-05-01", **_FEW}),
    "cooccurrence": (_TWO, _FEW),
    "count_speakers": (("hits",), {}),
    "count_hits": (("paragraphs",), {"lexica": None}),
    "describe_document": ((*_TWO, "scores"), {"document_id": "text_0003"}),
    "describe_comparison": (("contrasts",), {"rates": None}),
    "describe_curation": ((), {"lexicon": None, "decisions": None}),
    "describe_validation": ((), {"validation": None, "lexicon": "demo"}),
    "disagreements": (("codes",), {}),
    "drop_duplicates": (("documents",), {}),
    "find_hits": (("paragraphs",), {"lexica": None}),
    "find_speakers": (("paragraphs",), {}),
    "find_topics": (("paragraphs",), {"n_topics": 2}),
    "format_table": (("scores",), {}),
    "gold_codes": (("codes",), {}),
    "hedging_density": (("paragraphs", "hits"), {}),
    "keyness": (("half", "other_half"), {}),
    "keywords_in_context": (_TWO, {}),
    "leave_one_out": (_TWO, {"category": "security", **_DESKS, **_FEW}),
    "length_effect": (("scores",), _FEW),
    "lexicon_coverage": (("own_hits",), {"lexicon": None}),
    "log_odds": (("half", "other_half"), {}),
    "make_codebook": ((), {"lexicon": None}),
    "make_coding_sheet": (("paragraphs", "scores"), {"n": 3}),
    "multiverse": (_TWO, {"lexicon": None, "category": "security", **_DESKS, **_FEW}),
    "pair_documents": (("documents",), {**_DESKS, "days": 30, "min_similarity": 0.05}),
    "placebo_periods": (("scores",), {"at": "2025-05-01", **_FEW}),
    "plot_agreement": (("agreement",), {}),
    "plot_contrasts": (("contrasts",), {}),
    "plot_cooccurrence": (("cooccurrences",), {}),
    "plot_coverage": (("coverage",), {}),
    "plot_documents": (("document_scores",), {}),
    "plot_entries": (("entries",), {}),
    "plot_entry_errors": (("entry_errors",), {"category": "security"}),
    "plot_leave_one_out": (("left",), {}),
    "plot_length_effect": (("effect",), {}),
    "plot_log_odds": (("log_odds",), {}),
    "plot_paragraphs": (("scores",), {"document_id": "text_0003"}),
    "plot_periods": (("period_contrasts",), {}),
    "plot_speakers": (("speakers",), {}),
    "plot_thresholds": (("thresholds",), {}),
    "plot_topics": (("topic_frames",), {}),
    "plot_trend": (("trends",), {}),
    "plot_validity": (("measures",), {}),
    "plot_voices": (("voice_scores",), {}),
    "plot_word_shift": (("shift",), {}),
    "reading_report": (("documents",), {}),
    "score_documents": (("scores",), {}),
    "score_intervals": (("scores",), _FEW),
    "score_paragraphs": (_TWO, {"lexica": None}),
    "show_text": (_TWO, {"document_id": "text_0003"}),
    "similarity": (("scores",), {"measure": "frames"}),
    "split_paragraphs": (("documents",), {}),
    "split_sentences": (("paragraphs",), {}),
    "suggest_terms": (("half",), {"lexicon": None, "category": "security"}),
    "supervised_ceiling": (("paragraphs", "codes"), {"n_folds": 2, **_FEW}),
    "topic_frames": (("weights", "scores"), _FEW),
    "trend": (("scores",), {"freq": "Q", **_FEW}),
    "validate_lexicon": (("own_hits", "scores", "codes"), _FEW),
    "word_shift": (_TWO, {"category": "security", **_DESKS}),
}


def _usual(name: str) -> dict[str, Any]:
    _, options = _CALLS[name]
    made: dict[str, Any] = {
        "lexica": lexica,
        "lexicon": lexicon,
        "changed": lexicon,
        "validation": lambda: None,
    }
    made["rates"] = lambda: table("group_scores")
    made["decisions"] = lambda: table("decisions").iloc[:0]
    return {key: made[key]() if value is None else value for key, value in options.items()}


def _arguments(name: str) -> Iterator[tuple[str, str, Any]]:
    """List each argument with every kind of value that is tried for it."""
    given, _ = _CALLS[name]
    parameters = [*inspect.signature(getattr(fa, name)).parameters.values()]
    for own in parameters[len(given) :]:
        # A table that is none has tests of its own; what is drawn often is slow.
        kinds = _TRUTHS if own.annotation is bool else () if own.name == "n_resamples" else _WRONG
        yield from ((own.name, kind, _WRONG[kind]) for kind in kinds)


def test_every_verb_with_options_is_tried() -> None:
    # The first argument of `read_codes` is a path, and no table; `curate` refuses by its own tests.
    others = {name.split(" ")[0].rstrip(",") for name in VERBS}
    others -= {*_CALLS, "read_codes", "curate"}
    with_options = {
        name for name in others if len(inspect.signature(getattr(fa, name)).parameters) > 2
    }
    assert not with_options


@pytest.mark.parametrize("name", _CALLS)
def test_wrong_arguments_end_in_one_sentence(name: str) -> None:
    tables = [table(own) for own in _CALLS[name][0]]
    faults = {}
    usual = _usual(name)
    for argument, kind, value in _arguments(name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                getattr(fa, name)(*tables, **{**usual, argument: value})
            except MediaFramingError as fault:
                if not str(fault) or "\n" in str(fault):
                    faults[argument, kind] = str(fault)
            except Exception as fault:  # noqa: BLE001 - of any kind, it would be a bug
                faults[argument, kind] = f"{type(fault).__name__}: {fault}"
    assert not faults

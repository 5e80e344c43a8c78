"""The order of rows changes no result, in whichever table it is another."""

import inspect
import warnings
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import StatisticsWarning
from tests.builders import paragraphs_of

_WORDS = (
    "The threat grows, the minister said. It may not be a danger to aid, Ana Rell warned.",
    "Rain fell on the hills. Aid and pensions came by road, according to Ben Toll.",
    'Troops guard the border. "Peril," she said, "is not our word." A threat was denied.',
    "Pensions rise. He claimed that danger could come. The army saw no threat at all.",
    "Nobody spoke of it. Rain fell on the hills and on the road.",
)


def _table_of_codes(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Invent the codes of two coders, who differ in some paragraphs."""
    text = paragraphs["text"].str.lower()
    tables = []
    for category, words in (("security", "threat|danger|peril"), ("welfare", "pension")):
        found = text.str.contains(words).to_numpy()
        for coder, every in (("Ana", 7), ("Ben", 5)):
            code = found ^ (np.arange(len(text)) % every == 3)
            own = paragraphs[["document_id", "paragraph"]].reset_index(drop=True)
            own = own.assign(category=category, coder=coder, code=np.where(code, "1", "0"))
            tables.append(own)
    return pd.concat(tables, ignore_index=True)


@cache
def _tables() -> SimpleNamespace:
    """Return one table of each kind, of documents that differ in length and repeat some texts."""
    draw = np.random.default_rng(5)
    texts = ["\n\n".join(draw.choice(_WORDS, draw.integers(2, 9))) for _ in range(24)]
    columns: dict[str, object] = {
        "desk": ["a", "b"] * 12,
        "date": pd.date_range("2025-01-01", periods=24, freq="11D"),
    }
    documents = fa.documents_from_texts(texts).assign(**columns)
    paragraphs = paragraphs_of(*texts, **columns)
    lexicon = fa.lexicon_from_dict(
        "demo",
        {
            "security": {"terms": ["threat*", "danger", "peril", "troops", "army"]},
            "welfare": {"terms": ["aid", "pension*", "aid and pensions"]},
        },
    )
    lexica = [lexicon, fa.load_lexicon("hedging")]
    hits = fa.find_hits(paragraphs, lexica)
    own_hits = hits[hits["lexicon"] == lexicon.id].reset_index(drop=True)
    scores = fa.score_paragraphs(paragraphs, own_hits, lexicon)
    return SimpleNamespace(
        documents=documents,
        half=documents[::2].reset_index(drop=True),
        other_half=documents[1::2].reset_index(drop=True),
        paragraphs=paragraphs,
        lexicon=lexicon,
        lexica=lexica,
        hits=hits,
        own_hits=own_hits,
        scores=scores,
        codes=_table_of_codes(paragraphs),
        sheet=fa.make_coding_sheet(paragraphs, scores, n=len(paragraphs)),
        drawn=fa.make_coding_sheet(paragraphs, scores, n=9, seed=2),
        similarities=fa.similarity(documents),
        weights=fa.find_topics(paragraphs, n_topics=2, min_documents=2, max_share=1.0)["weights"],
    )


_FEW: dict[str, Any] = {"n_resamples": 99, "seed": 3}
_SIDES: dict[str, Any] = {"by": "desk", "group_a": "a", "group_b": "b"}
_PAIR = ("text_0001", "text_0003")

# What is called, and the tables it is given by position.
_CALLS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "agreement": (lambda codes: fa.agreement(codes, **_FEW), ("codes",)),
    "cluster_documents": (fa.cluster_documents, ("similarities",)),
    "analyze": (fa.analyze, ("documents",)),
    "compare_documents": (
        lambda scores: fa.compare_documents(scores, pairs=[_PAIR], **_FEW),
        ("scores",),
    ),
    "compare_documents, every two": (
        lambda scores: fa.compare_documents(scores[scores["document_id"] < "text_0006"], **_FEW),
        ("scores",),
    ),
    "compare_groups": (lambda s: fa.compare_groups(s, by="desk", **_FEW), ("scores",)),
    "cooccurrence": (lambda *tables: fa.cooccurrence(*tables, **_FEW), ("paragraphs", "hits")),
    "count_entries": (fa.count_entries, ("hits",)),
    "count_hits": (lambda table: fa.count_hits(table, _tables().lexica), ("paragraphs",)),
    "count_speakers": (fa.count_speakers, ("hits",)),
    "disagreements": (
        lambda codes, paragraphs: fa.disagreements(codes, paragraphs=paragraphs),
        ("codes", "paragraphs"),
    ),
    "find_attributions": (fa.find_attributions, ("paragraphs",)),
    "find_hedges": (fa.find_hedges, ("paragraphs",)),
    "find_hits": (lambda table: fa.find_hits(table, _tables().lexica), ("paragraphs",)),
    "find_mixed_script": (fa.find_mixed_script, ("paragraphs",)),
    "find_negations": (fa.find_negations, ("paragraphs",)),
    "find_overlaps": (fa.find_overlaps, ("hits",)),
    "find_topics": (
        lambda table: fa.find_topics(table, n_topics=2, min_documents=2, max_share=1.0),
        ("paragraphs",),
    ),
    "find_topics by LDA": (
        lambda table: fa.find_topics(
            table, n_topics=2, min_documents=2, max_share=1.0, method="LDA"
        ),
        ("paragraphs",),
    ),
    "gold_codes": (fa.gold_codes, ("codes",)),
    "hedging_density": (fa.hedging_density, ("paragraphs", "hits")),
    "keyness": (fa.keyness, ("half", "other_half")),
    "keywords_in_context": (fa.keywords_in_context, ("paragraphs", "hits")),
    "leave_one_out": (
        lambda *tables: fa.leave_one_out(*tables, "security", **_SIDES, **_FEW),
        ("paragraphs", "hits"),
    ),
    "length_effect": (lambda scores: fa.length_effect(scores, **_FEW), ("scores",)),
    "lexicon_coverage": (lambda h: fa.lexicon_coverage(h, _tables().lexicon), ("own_hits",)),
    "log_odds": (fa.log_odds, ("half", "other_half")),
    "make_coding_sheet": (
        lambda p, scores, drawn: fa.make_coding_sheet(p, scores, exclude=drawn, n=20, by="desk"),
        ("paragraphs", "scores", "drawn"),
    ),
    "multiverse": (
        lambda *tables: fa.multiverse(*tables, _tables().lexicon, "security", **_SIDES, **_FEW),
        ("paragraphs", "own_hits"),
    ),
    "reading_report": (fa.reading_report, ("documents",)),
    "score_documents": (fa.score_documents, ("scores",)),
    "score_intervals": (lambda scores: fa.score_intervals(scores, **_FEW), ("scores",)),
    "score_paragraphs": (
        lambda *tables: fa.score_paragraphs(*tables, _tables().lexicon),
        ("paragraphs", "own_hits"),
    ),
    "similarity": (fa.similarity, ("documents",)),
    "similarity of frames": (lambda s: fa.similarity(s, measure="frames"), ("scores",)),
    "split_paragraphs": (fa.split_paragraphs, ("documents",)),
    "split_sentences": (fa.split_sentences, ("paragraphs",)),
    "suggest_terms": (
        lambda table: fa.suggest_terms(table, _tables().lexicon, "security", min_occurrences=2),
        ("documents",),
    ),
    "supervised_ceiling": (
        lambda p, codes, sheet: fa.supervised_ceiling(p, codes, sheet=sheet, n_folds=2, **_FEW),
        ("paragraphs", "codes", "sheet"),
    ),
    "topic_frames": (lambda *tables: fa.topic_frames(*tables, **_FEW), ("weights", "scores")),
    "trend": (lambda scores: fa.trend(scores, freq="Q", n_resamples=99), ("scores",)),
    "validate_lexicon": (
        lambda hits, scores, codes, paragraphs, sheet: fa.validate_lexicon(
            hits, scores, codes, paragraphs=paragraphs, sheet=sheet, score="rate", **_FEW
        ),
        ("own_hits", "scores", "codes", "paragraphs", "sheet"),
    ),
    "word_shift": (
        lambda *tables: fa.word_shift(*tables, "security", **_SIDES),
        ("paragraphs", "hits"),
    ),
}

# What shows, describes or stores the rows it is given, in their order.
_SHOWING = ("plot_", "save_", "describe_", "show_", "format_", "code_", "coding_", "read_")
_OTHERS = {"explore", "method_note"}


def _called(verb: Callable[..., Any], tables: list[pd.DataFrame]) -> dict[str, list[str]]:
    """Return the tables that a verb makes, each as its rows in the order of their contents."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StatisticsWarning)
        made = verb(*tables)
    return {
        name: sorted(map(_written, table.to_dict("records")))
        for name, table in (made if isinstance(made, dict) else {"": made}).items()
    }


def _written(row: dict[Any, Any]) -> str:
    """Write a row; of two that are beside each other, the first by the alphabet comes first."""
    # Sums of floats may differ in their last digits.
    cells = {key: f"{v:.9g}" if isinstance(v, float) else str(v) for key, v in row.items()}
    if "difference" not in cells and {"lift", "similarity", "surface_a"} & set(cells):
        names = [key[:-2] for key in cells if key.endswith("_a")]
        one, two = ([cells[f"{name}_{side}"] for name in names] for side in "ab")
        cells |= dict(zip((f"{name}_a" for name in names), min(one, two), strict=True))
        cells |= dict(zip((f"{name}_b" for name in names), max(one, two), strict=True))
    return str(cells)


@pytest.mark.parametrize("name", _CALLS)
def test_rows_in_another_order_give_the_same_result(name: str) -> None:
    verb, arguments = _CALLS[name]
    tables = [getattr(_tables(), argument) for argument in arguments]
    expected = _called(verb, tables)
    for place, table in enumerate(tables):
        shuffled = table.sample(frac=1, random_state=place + 1)
        found = _called(verb, [*tables[:place], shuffled, *tables[place + 1 :]])
        assert found == expected, arguments[place]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("find_attributions", ""),
        ("find_hedges", ""),
        ("find_hits", ""),
        ("find_topics", "weights"),
        ("gold_codes", ""),
        ("score_paragraphs", ""),
        ("validate_lexicon", "errors"),
    ],
)
def test_results_come_in_the_order_of_the_paragraphs_that_are_given(name: str, table: str) -> None:
    verb, arguments = _CALLS[name]
    tables = [getattr(_tables(), a).sample(frac=1, random_state=8) for a in arguments]
    given = tables[arguments.index("codes" if "codes" in arguments else "paragraphs")]
    made = verb(*tables)
    found = made[table] if table else made
    key = [name for name in ("document_id", "paragraph", "category") if name in given]
    order, places = (list(dict.fromkeys(_rows(one[key]))) for one in (given, found))
    assert places == [place for place in order if place in set(places)]


def _rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(table.itertuples(index=False, name=None))


def test_every_public_verb_of_tables_is_called_with_shuffled_rows() -> None:
    names = {
        name
        for name in dir(fa)
        if inspect.isfunction(verb := getattr(fa, name))
        and any(
            "DataFrame" in str(p.annotation) for p in inspect.signature(verb).parameters.values()
        )
    }
    shown = {name for name in names if name.startswith(_SHOWING)} | _OTHERS
    assert len(names) > 50
    assert names - shown <= set(_CALLS)

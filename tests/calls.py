"""A valid call of every public function of tables, and what each call makes, in comparable form."""

import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

import analysis as fa
from analysis.curation.decisions import FIGURES, decide, undo
from analysis.errors import ExportWarning, LanguageWarning, ReadingWarning, StatisticsWarning
from analysis.lexicons.changes import entry_from_fields
from analysis.tables.checks import empty_table
from analysis.tables.core import TABLES
from tests.builders import IN_PROCESS, paragraphs_of

mpl.use("Agg")

_WORDS = (
    "The threat grows, the minister said. It may not be a danger to aid, Ana Rell warned.",
    "Rain fell on the hills. Aid and pensions came by road, according to Ben Toll.",
    'Troops guard the border. "Peril," she said, "is not our word." A threat was denied.',
    "Pensions rise. He claimed that danger could come. The army saw no threat at all.",
    "Nobody spoke of it. Rain fell on the hills and on the road.",
)
_FEW: dict[str, Any] = {"n_resamples": 99, "seed": 3}
_SIDES: dict[str, Any] = {"by": "desk", "group_a": "a", "group_b": "b"}
_NEAR: dict[str, Any] = {**_SIDES, "days": 30, "min_similarity": 0.05}
_DOCUMENT = "text_0003"
_PAIR = ("text_0001", _DOCUMENT)
_NAMES = ["security", "welfare"]
_SPLIT = ["voice", "certainty"]
_TOPICS: dict[str, Any] = {"n_topics": 2, "min_documents": 2, "max_share": 1.0}


@cache
def lexicon() -> fa.Lexicon:
    """Return a lexicon of two categories that overlap."""
    categories = {
        "security": {
            "terms": ["threat*", "danger", "peril", "troops", "army"],
            "definition": "danger",
        },
        "welfare": {"terms": ["aid", "pension*", "aid and pensions"], "definition": "care"},
    }
    return fa.lexicon_from_dict("demo", categories)


def lexica() -> list[fa.Lexicon]:
    """Return the lexicon with that of hedges."""
    return [lexicon(), fa.load_lexicon("hedging")]


def _codes() -> pd.DataFrame:
    """Invent the codes of two coders, who differ in some paragraphs."""
    paragraphs = table("paragraphs")
    text = paragraphs["text"].str.lower()
    tables = []
    for category, words in (("security", "threat|danger|peril"), ("welfare", "pension")):
        found = text.str.contains(words).to_numpy()
        for coder, every in (("Ana", 7), ("Ben", 5)):
            code = found ^ (np.arange(len(text)) % every == 3)
            own = paragraphs[["document_id", "paragraph"]].reset_index(drop=True)
            own = own.assign(category=category, coder=coder, code=np.where(code, "1", "0"))
            tables.append(own)
    return pd.concat(tables, ignore_index=True).astype({"category": "str", "coder": "str"})


def decided() -> tuple[fa.Lexicon, pd.DataFrame]:
    """Return the lexicon after some decisions, with their log."""
    own, log = lexicon(), empty_table("decisions")
    options: Any = {
        "category": "security",
        "figures": lambda *_: dict.fromkeys(FIGURES, 1),
        "time": "2026-03-01T09:30:00Z",
    }
    for term in ("siege", "raid"):
        new = entry_from_fields("security", {"term": term})
        own, log = decide(own, log, decision="accept", new=new, **options)
    return undo(own, log, figures=options["figures"], time=options["time"])


def _judgements() -> pd.DataFrame:
    """Invent what two coders judged, who differ in some hits."""
    hits = fa.find_hits(table("paragraphs"), decided()[0])
    tables = [
        hits[start::3].assign(coder=coder, code="1", time="2026-03-01T09:30:00Z", text_hash="0")
        for start, coder in enumerate(("Ana", "Ben"))
    ]
    own = pd.concat([*tables, tables[0].assign(coder="Ben")], ignore_index=True)
    own.loc[::4, "code"] = "0"
    return own[list(TABLES["judgements"].columns)]


@cache
def _texts() -> tuple[tuple[str, ...], dict[str, object]]:
    """Return texts that differ in length and repeat some of their paragraphs, and metadata."""
    draw = np.random.default_rng(5)
    texts = ["\n\n".join(draw.choice(_WORDS, draw.integers(2, 9))) for _ in range(24)]
    columns: dict[str, object] = {
        "desk": ["a", "b"] * 12,
        "date": pd.date_range("2025-01-01", periods=24, freq="11D", unit="us"),
    }
    return tuple(texts), columns


def _documents() -> pd.DataFrame:
    texts, columns = _texts()
    return fa.documents_from_texts(texts).assign(**columns)


def _hits(own: bool) -> pd.DataFrame:
    hits = fa.find_hits(table("paragraphs"), lexica())
    return hits[hits["lexicon"] == lexicon().id].reset_index(drop=True) if own else hits


def _scores(**options: Any) -> pd.DataFrame:
    return fa.score_paragraphs(table("paragraphs"), table("own_hits"), lexicon(), **options)


@cache
def _made(name: str) -> dict[str, pd.DataFrame]:
    """Return what a verb makes that makes several tables."""
    if name == "clusters":
        return fa.cluster_documents(table("similarities"))
    if name == "topics":
        return fa.find_topics(table("paragraphs"), **_TOPICS)
    tables = [table(own) for own in ("own_hits", "scores", "codes")]
    return fa.validate_lexicon(*tables, paragraphs=table("paragraphs"), coder="Ana", **_FEW)


def _few(name: str) -> pd.DataFrame:
    return table(name)[lambda own: own["document_id"] < "text_0006"].reset_index(drop=True)


_OF_TWO = ("paragraphs", "own_hits")
_OF_ALL = ("documents", *_OF_TWO)
_MAKERS: dict[str, Callable[[], pd.DataFrame]] = {
    "documents": _documents,
    "texts": lambda: table("documents")[["document_id", "text"]],
    # Some texts twice, within their desk and beyond it, and some cut.
    "copied": lambda: table("documents").assign(
        text=lambda own: [own["text"][n % 12][: 200 + n // 18 * 9] for n in range(24)]
    ),
    "half": lambda: table("documents")[::2].reset_index(drop=True),
    "other_half": lambda: table("documents")[1::2].reset_index(drop=True),
    "names": lambda: pd.DataFrame(
        {
            "document_id": pd.array([None, None, _DOCUMENT], "str"),
            "form": ["Rell", "Ben Toll", "the minister"],
            "speaker": ["Ana Rell", "Ben Toll", "Ida Voss"],
            "group": ["aid", "aid", "government"],
        }
    ),
    "skipped": lambda: pd.DataFrame(
        {
            "path": ["a.txt", "b.csv", "b.csv"],
            "row": pd.array([None, 3, 5], "Int64"),
            "line": pd.array([None, 4, None], "Int64"),
            "what": ["file", "row", "value"],
            "reason": ["it is empty", "it has no text", "the date was guessed"],
        }
    ),
    "paragraphs": lambda: paragraphs_of(*_texts()[0], **_texts()[1]),
    "hits": lambda: _hits(own=False),
    "own_hits": lambda: _hits(own=True),
    "attributions": lambda: fa.find_attributions(table("paragraphs")),
    "scores": _scores,
    **{
        f"few_{name.removeprefix('own_')}": partial(_few, name)
        for name in ("documents", "paragraphs", "own_hits", "scores")
    },
    "voice_scores": lambda: _scores(split=_SPLIT),
    "document_scores": lambda: fa.score_intervals(table("scores"), **_FEW),
    "group_scores": lambda: fa.score_intervals(table("scores"), by="desk", **_FEW),
    "entries": lambda: fa.count_entries(table("hits")),
    "speakers": lambda: fa.count_speakers(table("hits")),
    "coverage": lambda: fa.lexicon_coverage(table("own_hits"), lexicon()),
    "contrasts": lambda: fa.compare_groups(table("scores"), by="desk", **_FEW),
    "period_contrasts": lambda: fa.compare_periods(
        table("scores"), at="2025-05-01", by="desk", **_FEW
    ),
    "share_contrasts": lambda: fa.compare_groups(
        table("voice_scores"), by="desk", measure="share", **_FEW
    ),
    "trends": lambda: fa.trend(table("scores"), freq="Q", n_resamples=99),
    "group_trends": lambda: fa.trend(table("scores"), freq="Q", by="desk", n_resamples=99),
    "cooccurrences": lambda: fa.cooccurrence(*map(table, _OF_TWO), **_FEW),
    "shift": lambda: fa.word_shift(*map(table, _OF_TWO), "security", **_SIDES),
    "log_odds": lambda: fa.log_odds(table("half"), table("other_half"), min_occurrences=2),
    "left": lambda: fa.leave_one_out(*map(table, _OF_TWO), "security", **_SIDES, **_FEW),
    "multiverse": lambda: fa.multiverse(
        *map(table, _OF_TWO), lexicon(), "security", **_SIDES, **_FEW
    ),
    "effect": lambda: fa.length_effect(table("scores"), **_FEW),
    "document_pairs": lambda: fa.pair_documents(table("documents"), **_NEAR),
    "similarities": lambda: fa.similarity(table("documents")),
    "clusters": lambda: _made("clusters")["clusters"],
    "merges": lambda: _made("clusters")["merges"],
    "weights": lambda: _made("topics")["weights"],
    "topic_frames": lambda: fa.topic_frames(table("weights"), table("scores"), **_FEW),
    "codes": _codes,
    "decisions": lambda: decided()[1],
    "decided_hits": lambda: fa.find_hits(table("paragraphs"), decided()[0]),
    "judgements": _judgements,
    "codebook": lambda: fa.make_codebook(lexicon()),
    "sheet": lambda: fa.make_coding_sheet(
        table("paragraphs"), table("scores"), n=len(table("paragraphs"))
    ),
    "drawn": lambda: fa.make_coding_sheet(table("paragraphs"), table("scores"), n=9, seed=2),
    "agreement": lambda: fa.agreement(table("codes"), **_FEW),
    "ceiling": lambda: fa.supervised_ceiling(
        table("paragraphs"), table("codes"), coder="Ana", n_folds=2, **_FEW
    ),
    **{
        name: partial(lambda own: _made("validation")[own], name)
        for name in ("measures", "thresholds", "prevalence")
    },
    "entry_errors": lambda: _made("validation")["entries"],
}


@cache
def table(name: str) -> pd.DataFrame:
    """Return a table of a small corpus."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StatisticsWarning)
        return _MAKERS[name]()


class Call(NamedTuple):
    """What is called, and the names of the tables that it is given by position."""

    verb: Callable[..., Any]
    tables: tuple[str, ...]

    def __call__(self, *tables: Any) -> Any:
        with warnings.catch_warnings():
            for own in (StatisticsWarning, ReadingWarning, ExportWarning, LanguageWarning):
                warnings.simplefilter("ignore", own)
            return self.verb(*tables)

    def given(self) -> list[pd.DataFrame]:
        """Return the tables."""
        return [table(name) for name in self.tables]


def _written(save: Callable[..., Any], *tables: pd.DataFrame, name: str) -> Any:
    """Return the files that a function writes, by name."""
    with tempfile.TemporaryDirectory() as folder:
        save(*tables, Path(folder) / name)
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        # Beside the pages of documents lies a list of them, in their order.
        return {own.name: own.read_bytes() for own in sorted(files) if own.name != "index.csv"}


def _explored(*tables: pd.DataFrame) -> Any:
    """Return what the page is told of the corpus and of one document, in whichever places."""
    explorer: Any = fa.explore(*tables, lexicon(), document_id=_DOCUMENT)
    corpus = explorer._answer({"kind": "open"})
    names = [own["id"] for own in corpus["documents"]]
    shown = explorer._answer({"kind": "document", "document": names.index(_DOCUMENT)})
    assert names[corpus["chosen"]] == _DOCUMENT
    corpus["documents"].sort(key=lambda own: own["id"])
    return {**corpus, "chosen": _DOCUMENT}, {**shown, "document": _DOCUMENT}


def _curated(paragraphs: pd.DataFrame) -> Any:
    """Return what reports show of a lexicon that nobody has decided about yet."""
    with tempfile.TemporaryDirectory() as folder:
        page: Any = fa.curate(lexicon(), paragraphs, path=Path(folder) / "demo.yml", by="desk")
        return pd.DataFrame({"shown": [page._static_html(), str(page)]})


def _coded(sheet: pd.DataFrame, codebook: pd.DataFrame) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.csv"
        return fa.code_paragraphs(sheet, codebook, coder="Ana", path=path).codes


def _read(sheet: pd.DataFrame, codebook: pd.DataFrame) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.csv"
        fa.save_coding_sheet(table("sheet"), table("codebook"), path, coder="Ana")
        return fa.read_codes(path, sheet, codebook)


def _names_read(names: pd.DataFrame) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        fa.save_table(names, Path(folder) / "speakers.csv")
        return fa.read_speakers(folder)


@cache
def _client() -> Any:
    from distributed import Client

    return Client(**IN_PROCESS)


def _scored(names: pd.DataFrame) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        fa.save_table(table("texts").head(3), Path(folder) / "texts.parquet")
        output = Path(folder) / "scores"
        fa.score_corpus(
            Path(folder) / "texts.parquet",
            output,
            lexicon(),
            client=_client(),
            hits=True,
            speakers=names,
            progress=False,
        )
        return fa.open_scores(output, "hits").to_table().to_pandas()


def _saved_with(data: pd.DataFrame) -> Any:
    def save(table: pd.DataFrame, path: Path) -> None:
        fa.save_figure(Figure((1, 1)), "empty", data=table, folder=path.parent)

    return _written(save, data, name="figure")


def _texts_written(
    paragraphs: pd.DataFrame,
    hits: pd.DataFrame,
    said: pd.DataFrame,
    documents: pd.DataFrame,
    scores: pd.DataFrame,
) -> Any:
    return _written(
        lambda *own: fa.save_texts(*own, attributions=said, documents=documents, scores=scores),
        paragraphs,
        hits,
        name="texts",
    )


def _of_pair(*tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Compare the desks in every way, with the copies."""
    options = {"by": "desk", "keep_copies": True, "split_date": "2025-05-01"}
    made = fa.compare_pair(*tables, lexicon(), **options, **_FEW)
    return {name: own for name, own in made.items() if isinstance(own, pd.DataFrame)}


def _without_copies(documents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    stay, dropped = fa.drop_duplicates(documents, by="desk", similar=0.5)
    return {"documents": stay, "dropped": dropped}


_VALIDATED = ("own_hits", "scores", "codes", "paragraphs", "sheet")
_SHOWN = ("paragraphs", "own_hits", "attributions")

# Tables are made of tables: in whichever order rows come, the results are the same.
VERBS: dict[str, Call] = {
    name: Call(verb, tables)
    for name, (verb, tables) in {
        "agreement": (lambda codes: fa.agreement(codes, **_FEW), ("codes",)),
        "cluster_documents": (fa.cluster_documents, ("similarities",)),
        "analyze": (fa.analyze, ("documents",)),
        "compare_documents": (
            lambda scores: fa.compare_documents(scores, pairs=[_PAIR], **_FEW),
            ("scores",),
        ),
        "compare_documents, every two": (
            lambda scores: fa.compare_documents(scores, **_FEW),
            ("few_scores",),
        ),
        "check_comparison": (
            lambda *three: fa.check_comparison(*three, by="desk", search_words=["threat"]),
            _OF_ALL,
        ),
        "compare_pair": (_of_pair, _OF_ALL),
        "compare_groups": (lambda s: fa.compare_groups(s, by="desk", **_FEW), ("scores",)),
        "compare_pairs": (
            lambda *two: fa.compare_pairs(*two, **_FEW),
            ("scores", "document_pairs"),
        ),
        "compare_lexica": (
            lambda own, codes: fa.compare_lexica(
                own,
                lexicon(),
                decided()[0],
                others=fa.load_lexicon("hedging"),
                by="desk",
                codes=codes,
            ),
            ("paragraphs", "codes"),
        ),
        "compare_periods": (
            lambda scores: fa.compare_periods(scores, at="2025-05-01", by="desk", **_FEW),
            ("scores",),
        ),
        "compare_groups by shares": (
            lambda s: fa.compare_groups(s, by="desk", measure="share", **_FEW),
            ("voice_scores",),
        ),
        "compare_groups within weeks": (
            lambda s: fa.compare_groups(s, by="desk", match="week", **_FEW),
            ("scores",),
        ),
        "curate": (_curated, ("paragraphs",)),
        "cooccurrence": (lambda *two: fa.cooccurrence(*two, **_FEW), ("paragraphs", "hits")),
        "count_entries": (fa.count_entries, ("hits",)),
        "count_hits": (lambda own: fa.count_hits(own, lexica()), ("paragraphs",)),
        "count_speakers": (fa.count_speakers, ("hits",)),
        "count_speakers by desk": (
            lambda *two: fa.count_speakers(*two, by="desk"),
            ("hits", "paragraphs"),
        ),
        "disagreements": (fa.disagreements, ("codes", "paragraphs")),
        "drop_duplicates": (_without_copies, ("copied",)),
        "entry_precision": (fa.entry_precision, ("decided_hits", "judgements")),
        "find_attributions": (fa.find_attributions, ("paragraphs",)),
        "find_speakers": (fa.find_speakers, ("paragraphs",)),
        "find_hedges": (fa.find_hedges, ("paragraphs",)),
        "find_hits": (lambda own: fa.find_hits(own, lexica()), ("paragraphs",)),
        "find_hits with attributions": (
            lambda own, said, names: fa.find_hits(own, lexica(), attributions=said, speakers=names),
            ("paragraphs", "attributions", "names"),
        ),
        "find_mixed_script": (fa.find_mixed_script, ("paragraphs",)),
        "find_negations": (fa.find_negations, ("paragraphs",)),
        "find_overlaps": (fa.find_overlaps, ("hits",)),
        "find_topics": (lambda own: fa.find_topics(own, **_TOPICS), ("paragraphs",)),
        "find_topics by LDA": (
            lambda own: fa.find_topics(own, method="LDA", **_TOPICS),
            ("paragraphs",),
        ),
        "gold_codes": (fa.gold_codes, ("codes",)),
        "hedging_density": (fa.hedging_density, ("paragraphs", "hits")),
        "hedging_density by desk": (
            lambda *two: fa.hedging_density(*two, by="desk"),
            ("paragraphs", "hits"),
        ),
        "keyness": (fa.keyness, ("half", "other_half")),
        "keywords_in_context": (fa.keywords_in_context, ("paragraphs", "hits")),
        "leave_one_out": (
            lambda *two: fa.leave_one_out(*two, "security", **_SIDES, **_FEW),
            ("paragraphs", "hits"),
        ),
        "length_effect": (lambda scores: fa.length_effect(scores, **_FEW), ("scores",)),
        "lexicon_coverage": (lambda own: fa.lexicon_coverage(own, lexicon()), ("own_hits",)),
        "log_odds": (fa.log_odds, ("half", "other_half")),
        "make_coding_sheet": (
            lambda p, s, drawn: fa.make_coding_sheet(p, s, exclude=drawn, n=20, by="desk"),
            ("paragraphs", "scores", "drawn"),
        ),
        "multiverse": (
            lambda *two: fa.multiverse(*two, lexicon(), "security", **_SIDES, **_FEW),
            _OF_TWO,
        ),
        "pair_documents": (lambda own: fa.pair_documents(own, **_NEAR), ("documents",)),
        "placebo_periods": (
            lambda scores: fa.placebo_periods(scores, at="2025-05-01", **_FEW),
            ("scores",),
        ),
        "read_codes": (_read, ("sheet", "codebook")),
        "reading_report": (fa.reading_report, ("documents", "skipped")),
        "score_documents": (fa.score_documents, ("scores",)),
        "score_documents by desk": (lambda s: fa.score_documents(s, by="desk"), ("scores",)),
        "score_intervals": (lambda scores: fa.score_intervals(scores, **_FEW), ("scores",)),
        "score_intervals by desk": (
            lambda scores: fa.score_intervals(scores, by="desk", **_FEW),
            ("scores",),
        ),
        "score_paragraphs": (lambda *two: fa.score_paragraphs(*two, lexicon()), _OF_TWO),
        "score_paragraphs by group": (
            lambda own, names: fa.score_paragraphs(
                own,
                fa.find_hits(own, lexicon(), speakers=names),
                lexicon(),
                split=["speaker_group"],
            ),
            ("paragraphs", "names"),
        ),
        "score_paragraphs by voice": (
            lambda *two: fa.score_paragraphs(*two, lexicon(), split=_SPLIT),
            _OF_TWO,
        ),
        "similarity": (fa.similarity, ("documents",)),
        "similarity of desks": (lambda own: fa.similarity(own, by="desk"), ("documents",)),
        "similarity of frames": (lambda s: fa.similarity(s, measure="frames"), ("scores",)),
        "split_paragraphs": (fa.split_paragraphs, ("documents",)),
        "split_sentences": (fa.split_sentences, ("paragraphs",)),
        "suggest_terms": (
            lambda own: fa.suggest_terms(own, lexicon(), "security", min_occurrences=2),
            ("documents",),
        ),
        "supervised_ceiling": (
            lambda p, codes, sheet: fa.supervised_ceiling(p, codes, sheet=sheet, n_folds=2, **_FEW),
            ("paragraphs", "codes", "sheet"),
        ),
        "topic_frames": (lambda *two: fa.topic_frames(*two, **_FEW), ("weights", "scores")),
        "trend": (lambda scores: fa.trend(scores, freq="Q", n_resamples=99), ("scores",)),
        "trend by desk": (
            lambda scores: fa.trend(scores, freq="Q", by="desk", n_resamples=99),
            ("scores",),
        ),
        "validate_lexicon": (
            lambda hits, scores, codes, paragraphs, sheet: fa.validate_lexicon(
                hits, scores, codes, paragraphs=paragraphs, sheet=sheet, score="rate", **_FEW
            ),
            _VALIDATED,
        ),
        "validate_lexicon by desk": (
            lambda *three: fa.validate_lexicon(*three, by="desk", **_FEW),
            _VALIDATED[:3],
        ),
        "word_shift": (
            lambda *two: fa.word_shift(*two, "security", **_SIDES),
            ("paragraphs", "hits"),
        ),
    }.items()
}

# Pictures, pages and sentences of tables, whose rows have an order of their own.
ORDERED: dict[str, Call] = {
    name: Call(verb, tables)
    for name, (verb, tables) in {
        "describe_comparison": (
            lambda own, rates, shifts, multiverse: fa.describe_comparison(
                own, rates=rates, shifts=shifts, multiverse=multiverse
            ),
            ("contrasts", "group_scores", "shift", "multiverse"),
        ),
        "describe_curation": (
            lambda log, judgements, hits: fa.describe_curation(
                decided()[0], log, judgements=judgements, hits=hits
            ),
            ("decisions", "judgements", "decided_hits"),
        ),
        "describe_document": (
            lambda *three: fa.describe_document(*three, document_id=_DOCUMENT),
            (*_OF_TWO, "scores"),
        ),
        "describe_reading": (fa.describe_reading, ("documents", "skipped")),
        "explore": (_explored, ("paragraphs", "own_hits", "scores")),
        "method_note": (fa.method_note, ("scores",)),
        "plot_coverage": (partial(fa.plot_coverage, categories=_NAMES), ("coverage",)),
        "plot_entries": (fa.plot_entries, ("entries",)),
        "plot_entry_errors": (
            lambda own: fa.plot_entry_errors(own, category="security"),
            ("entry_errors",),
        ),
        "name_documents": (
            lambda own: str(sorted(fa.name_documents(own).items())),
            ("documents",),
        ),
        "plot_leave_one_out": (lambda own: fa.plot_leave_one_out(own, n=4), ("left",)),
        "plot_length_effect": (
            partial(fa.plot_length_effect, categories=_NAMES),
            ("effect",),
        ),
        "plot_log_odds": (lambda own: fa.plot_log_odds(own, n=4), ("log_odds",)),
        "plot_multiverse": (fa.plot_multiverse, ("multiverse",)),
        "plot_paragraphs": (
            partial(fa.plot_paragraphs, document_id=_DOCUMENT, categories=_NAMES),
            ("scores",),
        ),
        "plot_similarity of clusters": (
            lambda own, clusters, merges: fa.plot_similarity(own, clusters=clusters, merges=merges),
            ("similarities", "clusters", "merges"),
        ),
        "plot_speakers": (fa.plot_speakers, ("speakers",)),
        "plot_thresholds": (
            partial(fa.plot_thresholds, categories=_NAMES),
            ("thresholds",),
        ),
        "plot_trend": (partial(fa.plot_trend, categories=_NAMES), ("trends",)),
        "plot_trend of desks": (
            lambda own: fa.plot_trend(own, categories=["security"]),
            ("group_trends",),
        ),
        "plot_voices of desks": (
            lambda own: fa.plot_voices(own, rows="desk", categories=["security"]),
            ("voice_scores",),
        ),
        "plot_word_shift": (lambda own: fa.plot_word_shift(own, n=3), ("shift",)),
        # A few pages show the order as well as all.
        "save_texts": (
            _texts_written,
            ("few_paragraphs", "few_hits", "attributions", "documents", "scores"),
        ),
        "show_text": (
            lambda p, hits, said: fa.show_text(p, hits, document_id=_DOCUMENT, attributions=said),
            _SHOWN,
        ),
    }.items()
}

# What comes in the order in which the researcher put it.
IN_ORDER_GIVEN: dict[str, Call] = {
    name: Call(verb, tables)
    for name, (verb, tables) in {
        "describe_validation": (
            lambda measures, prevalence, agreement, ceiling: fa.describe_validation(
                {"measures": measures, "prevalence": prevalence},
                lexicon="demo",
                agreement=agreement,
                ceiling=ceiling,
            ),
            ("measures", "prevalence", "agreement", "ceiling"),
        ),
        "plot_agreement": (fa.plot_agreement, ("agreement",)),
        "plot_contrasts": (fa.plot_contrasts, ("contrasts",)),
        "plot_contrasts of shares": (fa.plot_contrasts, ("share_contrasts",)),
        "plot_cooccurrence": (fa.plot_cooccurrence, ("cooccurrences",)),
        "plot_documents": (fa.plot_documents, ("document_scores",)),
        "plot_documents of desks": (fa.plot_documents, ("group_scores",)),
        "plot_periods": (fa.plot_periods, ("period_contrasts",)),
        "plot_similarity": (fa.plot_similarity, ("similarities",)),
        "plot_topics": (fa.plot_topics, ("topic_frames",)),
        "plot_validity": (
            lambda own, ceiling: fa.plot_validity(own, ceiling=ceiling),
            ("measures", "ceiling"),
        ),
        "plot_voices": (fa.plot_voices, ("voice_scores",)),
    }.items()
}

# What writes rows as they come, or shows them to a coder in their order.
STORING: dict[str, Call] = {
    name: Call(verb, tables)
    for name, (verb, tables) in {
        "code_paragraphs": (_coded, ("sheet", "codebook")),
        "coding_folder": (lambda sheet: fa.coding_folder(sheet).name, ("sheet",)),
        "read_documents": (
            lambda own, more: fa.read_documents(own, metadata=more),
            ("texts", "documents"),
        ),
        "read_speakers": (_names_read, ("names",)),
        "score_corpus": (_scored, ("names",)),
        "format_table": (
            lambda own: fa.format_table(own, title="Scores").as_raw_html(),
            ("document_scores",),
        ),
        "save_coding_sheet": (
            partial(_written, partial(fa.save_coding_sheet, coder="Ana"), name="codes.csv"),
            ("sheet", "codebook"),
        ),
        "save_figure": (_saved_with, ("entries",)),
        "save_formatted": (
            partial(_written, fa.save_formatted, name="scores.html"),
            ("document_scores",),
        ),
        "save_table": (partial(_written, fa.save_table, name="hits.csv"), ("hits",)),
        "save_table as Parquet": (
            partial(_written, fa.save_table, name="hits.parquet"),
            ("hits",),
        ),
    }.items()
}


def told(made: Any) -> Any:
    """Return what a call made as texts and numbers that compare."""
    if isinstance(made, dict):
        return {key: told(own) for key, own in made.items()}
    if isinstance(made, pd.DataFrame):
        cells = [[_cell(value) for value in row] for row in made.astype(object).to_numpy()]
        return [*zip(made.columns, map(str, made.dtypes), strict=True)], cells
    if isinstance(made, Axes | Figure):
        marks = sorted(map(str, _drawn(made)))
        plt.close("all")
        return marks
    return made if isinstance(made, bytes) else str(made)


def marks_of(made: Any) -> list[Any]:
    """Return what a call made, whatever the order of its rows: words, and numbers along x."""
    if not isinstance(made, Axes | Figure):
        return sorted(re.findall(r"[\w.%]+", str(made)))
    figure: Any = made.get_figure(root=True) if isinstance(made, Axes) else made
    marks: list[Any] = []
    for own in figure.findobj():
        if isinstance(own, Line2D):
            marks += [_rounded(x) for x in own.get_xdata()]
        elif isinstance(own, Text):
            marks.append(own.get_text())
        elif isinstance(own, Rectangle):
            marks.append(_rounded(own.get_width()))
        elif isinstance(own, QuadMesh):
            marks += [_rounded(value) for value in np.ma.filled(own.get_array(), np.nan).ravel()]
        elif isinstance(own, LineCollection):
            marks += [_rounded(np.asarray(line)[:, 0]) for line in own.get_segments()]
    plt.close("all")
    return sorted(marks)


def _cell(value: Any) -> str:
    # Sums of floats may differ in their last digits.
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _drawn(picture: Axes | Figure) -> Iterator[tuple[object, ...]]:
    """List the marks and texts of a figure, with their places and colours."""
    figure: Any = picture.get_figure(root=True) if isinstance(picture, Axes) else picture
    for own in figure.findobj():
        if isinstance(own, Line2D):
            look = (own.get_color(), own.get_marker(), own.get_linestyle())
            yield "line", _rounded(own.get_xydata()), *look, own.get_markerfacecolor()
        elif isinstance(own, Text):
            yield "text", own.get_text(), _rounded(own.get_position())
        elif isinstance(own, Patch):
            look = (own.get_facecolor(), own.get_hatch())
            yield "patch", _rounded(own.get_path().vertices), _rounded(own.get_transform()), *look
        elif isinstance(own, Collection):
            paths = [_rounded(path.vertices) for path in own.get_paths()]
            colors = own.get_array() if own.get_array() is not None else own.get_facecolor()
            # Marks of one collection stand in the order of rows.
            marks = sorted(map(str, zip(map(_rounded, own.get_offsets()), strict=True)))
            yield "marks", sorted(paths), marks, _rounded(np.ma.filled(colors, np.nan))


def _rounded(numbers: Any) -> str:
    values = np.asarray(numbers, float) if not hasattr(numbers, "get_matrix") else numbers
    values = values.get_matrix() if hasattr(values, "get_matrix") else values
    return " ".join(f"{value:.6g}" for value in (np.ravel(values) + 0.0).tolist())

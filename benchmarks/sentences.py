"""Compare sentence splitters: agreement with hand-cut sentences, and speed.

Run ``python benchmarks/sentences.py --data DIR [--json]``. DIR holds
``b1_szeged_factbank_news.csv.gz`` and ``b2_szeged_wikipedia.csv.gz`` of the Szeged
Uncertainty Corpus (Szarvas et al. 2012): one sentence a row, with ``id``, ``doc`` and
``part``. Rows of one document whose ids follow each other are joined by a space, and
the splitters have to find the seams again.

Left out, because no seam can be seen there: titles, and rows that do not end like a
sentence (datelines, list items, fragments of speech); the text breaks at them. Kept:
the stop after a space that tokenising left in some rows, and the rows that the corpus
itself cut in the middle of a sentence, which count against every splitter.

Splitters run in turn, several rounds; speed is the median. Training is not timed.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from statistics import median

import pandas as pd

import analysis.text.sentences as ours
from analysis.languages.language import load_language

FILES = {"news": "b1_szeged_factbank_news.csv.gz", "wikipedia": "b2_szeged_wikipedia.csv.gz"}
ENDS_LIKE_A_SENTENCE = re.compile(r".*[.!?\u2026][\"'\u2019\u201d)\]]*", re.DOTALL)
ROUNDS = 5

Splitter = Callable[[str], list[str]]


def main() -> None:
    """Measure every splitter that is installed, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the two files")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds to time")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    corpora = {name: read_pieces(options.data / file) for name, file in FILES.items()}
    texts = [" ".join(piece) for pieces in corpora.values() for piece in pieces]
    splitters, absent = _splitters(texts)
    figures = {
        name: {f"f1_{corpus}": f1(split, pieces) for corpus, pieces in corpora.items()}
        for name, split in splitters.items()
    }
    speeds = _speeds(splitters, texts, options.rounds)
    for name, speed in speeds.items():
        figures[name] |= {"mb_per_s": speed, "ours_is_faster": speeds["ours"] / speed}
    if options.json:
        print(json.dumps({"figures": figures, "not_installed": absent}))
        return
    for corpus, pieces in corpora.items():
        print(f"{corpus}: {len(pieces)} texts, {sum(map(len, pieces))} sentences")
    print(f"{'':24}{'F1 news':>9}{'F1 wiki':>9}{'MB/s':>9}{'ours is faster':>16}")
    for name, row in figures.items():
        print(
            f"{name:24}{row['f1_news']:9.4f}{row['f1_wikipedia']:9.4f}"
            f"{row['mb_per_s']:9.2f}{row['ours_is_faster']:15.1f}x"
        )
    for name in absent:
        print(f"{name:24}  not installed")


def read_pieces(path: Path) -> list[list[str]]:
    """Return runs of at least two sentences that follow each other in one document."""
    table = pd.read_csv(path, na_values=[""], keep_default_na=False)
    pieces: list[list[str]] = [[]]
    expected = None
    for row_id, doc, part, text in zip(
        table["id"], table["doc"], table["part"], table["text"], strict=True
    ):
        number = int(row_id.rsplit("_", 1)[1])
        keep = part != "Title" and ENDS_LIKE_A_SENTENCE.fullmatch(text.strip())
        if not keep or (doc, number) != expected:
            pieces.append([])
        if keep:
            pieces[-1].append(text.strip())
        expected = (doc, number + 1)
    return [piece for piece in pieces if len(piece) > 1]


def f1(split: Splitter, pieces: list[list[str]]) -> float:
    """Return the harmonic mean of precision and recall of the seams within the texts."""
    right = found = wanted = 0
    for piece in pieces:
        truth, guess = _seams(piece), _seams(split(" ".join(piece)))
        right += len(truth & guess)
        found += len(guess)
        wanted += len(truth)
    return 2 * right / (found + wanted)


def _seams(sentences: Iterable[str]) -> set[int]:
    """Return the seams as numbers of visible characters before them."""
    ends = accumulate(len("".join(sentence.split())) for sentence in sentences)
    return set(list(ends)[:-1])


def _speeds(splitters: dict[str, Splitter], texts: list[str], rounds: int) -> dict[str, float]:
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    seconds: dict[str, list[float]] = {name: [] for name in splitters}
    for _ in range(rounds):
        for name, split in splitters.items():
            start = time.perf_counter()
            for text in texts:
                split(text)
            seconds[name].append(time.perf_counter() - start)
    return {name: megabytes / median(times) for name, times in seconds.items()}


def _splitters(texts: list[str]) -> tuple[dict[str, Splitter], list[str]]:
    """Return the splitters that can be imported, and the names of the others."""
    makers: dict[str, Callable[[], Splitter]] = {
        "ours": lambda: _split_ours,
        "punkt, our list": _make_punkt_with_our_list,
        "punkt, untrained": _make_punkt,
        "punkt, trained on this": lambda: _make_punkt(" ".join(texts)),
        "syntok": _make_syntok,
        "segtok": _make_segtok,
        "pysbd": _make_pysbd,
        "blingfire": _make_blingfire,
    }
    splitters: dict[str, Splitter] = {}
    absent: list[str] = []
    for name, make in makers.items():
        try:
            splitters[name] = make()
        except ModuleNotFoundError:
            absent.append(name)
    return splitters, absent


def _split_ours(text: str) -> list[str]:
    return [text[start:end] for start, end in ours.sentence_spans(text)]


def _make_punkt(train: str | None = None) -> Splitter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return PunktSentenceTokenizer(train).tokenize


def _make_punkt_with_our_list() -> Splitter:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    lists = load_language().words["abbreviations"]
    groups = ("titles", "abbreviations", "before_numbers")
    parameters = PunktParameters()
    parameters.abbrev_types = {word.lower() for group in groups for word in lists[group]}
    parameters.abbrev_types |= {
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "d.c",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
        "ph.d",
    }
    return PunktSentenceTokenizer(parameters).tokenize


def _make_syntok() -> Splitter:
    segmenter = import_module("syntok.segmenter")

    def split(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(text)
            for sentence in paragraph
        ]

    return split


def _make_segtok() -> Splitter:
    segmenter = import_module("segtok.segmenter")
    return lambda text: list(segmenter.split_single(text))


def _make_pysbd() -> Splitter:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False)
    return lambda text: list(segmenter.segment(text))


def _make_blingfire() -> Splitter:
    blingfire = import_module("blingfire")
    return lambda text: blingfire.text_to_sentences(text).split("\n")


if __name__ == "__main__":
    main()

"""How long a researcher waits: import, one article, a large lexicon.

Run ``python benchmarks/latency.py [--json]``. The limits beside the figures are
the project's own: what feels instant in a notebook.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import analysis as fa

ARTICLE_PARAGRAPHS = 20
LARGE_LEXICON = 200_000
LIMITS = {
    "import_s": 0.5,
    "article_ms": 20.0,
    "large_lexicon_s": 5.0,
    "large_compile_s": 5.0,
    "hostile_term_s": 0.1,
}


def main() -> None:
    """Measure, and print the figures with their limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    figures = {
        "import_s": _import_seconds(),
        "article_ms": 1000 * _article_seconds(),
        **dict(zip(("large_lexicon_s", "large_compile_s"), _large_lexicon_seconds(), strict=True)),
        "hostile_term_s": _hostile_term_seconds(),
    }
    if parser.parse_args().json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        verdict = "within" if value <= LIMITS[name] else "OVER"
        print(f"{name:16} {value:8.3f}   {verdict} the limit of {LIMITS[name]}")


def _import_seconds() -> float:
    """Time ``import analysis`` in new processes, without the start of Python itself."""
    program = (
        "import time; t = time.perf_counter(); import analysis; print(time.perf_counter() - t)"
    )
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(9)]
    return median(float(run.stdout) for run in runs)


def _article_seconds() -> float:
    """Time hits and scores of one article with all built-in lexica, after a first call."""
    documents = fa.read_documents(fa.data_folder())
    paragraphs = fa.split_paragraphs(documents).head(ARTICLE_PARAGRAPHS)
    lexica = [fa.load_lexicon(name) for name in ("framing", "hedging", "boosters")]

    def score() -> None:
        fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, lexica), lexica)

    score()
    return median(_seconds(score) for _ in range(25))


def _large_lexicon_seconds() -> tuple[float, float]:
    """Time loading a large lexicon, and compiling it with a first search."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.yml")
        terms = "".join(
            f"- term{n} of{n % 97} {'*' * (n % 3 == 0)}\n" for n in range(LARGE_LEXICON)
        )
        path.write_text(f"k:\n{terms}", encoding="utf-8")
        start = time.perf_counter()
        lexicon = fa.load_lexicon(path)
        loaded = time.perf_counter() - start
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["term1 of1"]))
    return loaded, _seconds(lambda: fa.count_hits(paragraphs, lexicon))


def _hostile_term_seconds() -> float:
    """Time a term that makes a backtracking matcher run for ages (L18)."""
    lexicon = fa.lexicon_from_dict("hostile", {"k": ["a*" * 9 + "b"]})
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["a" * 3000]))
    return _seconds(lambda: fa.find_hits(paragraphs, lexicon))


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

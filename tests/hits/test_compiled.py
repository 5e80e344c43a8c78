"""What is compiled from plain Python gives what plain Python gives."""

import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import analysis as fa
from tests.hits.certainty.marked import MARKED

ROOT = Path(__file__).resolve().parents[2]
COMPILED = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in ROOT.glob("analysis/**/*.pxd")
)
PIECES = [
    *("may", "not", "no", "and", "but", "that", "which", "if", "said", "he", "the", "Ana Rell"),
    *("army", "border", "denied", "believes", "is", "was", "According to", "allegedly", "some"),
    *(", ", ". ", "? ", "; ", " \u201c", "\u201d ", '"', " '", "'s ", " \u2018", "\u2019 ", ": "),
    *("told", "reporters", "by", "described", "asked whether", "Minister", "as", "in", "a farmer"),
    *("\n\n", "\u00e9t\u00e9", "\U0001f1fa", "1,000", "Mr. Orlen", "$5", " - ", "\u2014", "(", ")"),
]
# Runs in a process of its own, where modules with a .py file are read from that file.
PLAIN = """
import importlib.util, pathlib, sys

class Plain:
    @staticmethod
    def find_spec(name, path, target=None):
        for folder in path or [] if name.startswith("analysis.") else []:
            file = pathlib.Path(folder, name.rpartition(".")[2] + ".py")
            if file.is_file():
                return importlib.util.spec_from_file_location(name, file)

sys.meta_path.insert(0, Plain)
sys.path.insert(0, sys.argv[1])
from tests.hits.test_compiled import results
from analysis.hits.certainty import scopes
assert scopes.__file__.endswith(".py")
sys.stdout.buffer.write(results().encode())
"""


def texts() -> list[str]:
    """Return sentences, articles and random runs of what the rules look at."""
    chance = random.Random(4)  # noqa: S311 - nothing secret
    items = yaml.safe_load((ROOT / "tests/hits/certainty/sentences.yml").read_text("utf-8"))
    articles = (ROOT / "data/articles").glob("**/*.txt")
    runs = [" ".join(chance.choices(PIECES, k=chance.randrange(60))) for _ in range(400)]
    return [
        MARKED,
        *(item["text"] for item in items),
        *(path.read_text("utf-8") for path in sorted(articles)),
        *runs,
    ]


def results() -> str:
    """Return every table of voice and certainty of the texts."""
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts()))
    lexicon = fa.lexicon_from_dict("k", {"k": ["army", "border", "a*", "the"]})
    tables = [
        fa.find_hits(paragraphs, lexicon),
        fa.find_attributions(paragraphs),
        fa.find_hedges(paragraphs),
        fa.find_negations(paragraphs),
    ]
    return "\n".join(table.to_csv() for table in tables)


def test_compiled_code_and_its_source_agree() -> None:
    modules = [import_module(name) for name in COMPILED]
    if all(module.__file__ and module.__file__.endswith(".py") for module in modules):
        pytest.skip("nothing was compiled at set-up: there is but one of the two")
    run = subprocess.run(
        [sys.executable, "-c", PLAIN, str(ROOT)], capture_output=True, check=True, cwd=ROOT
    )
    assert run.stdout.decode() == results()


def test_all_of_it_was_compiled_or_nothing() -> None:
    kinds = {Path(str(import_module(name).__file__)).suffix for name in COMPILED}
    assert len(COMPILED) == 25
    assert len(kinds) == 1

"""Corpora of NLTK that lie on the disk are read; others are asked for in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import analysis as fa
from analysis.errors import ReadingError

# Each corpus is loaded once in a process, from wherever it lay at that time.
READ = """
import json, sys
import analysis as fa
from analysis.errors import ReadingError
for arguments in json.loads(sys.argv[1]):
    try:
        documents = fa.read_nltk_corpus(*arguments)
        columns = documents[["document_id", "title", "text"]].fillna("")
        print(json.dumps(columns.values.tolist()))
    except ReadingError as fault:
        print(json.dumps(str(fault)))
"""


def read(folder: Path, *calls: list[object]) -> list[object]:
    run = subprocess.run(
        [sys.executable, "-c", READ, json.dumps(calls)],
        env={
            **os.environ,
            "NLTK_DATA": str(folder),
            "PYTHONPATH": str(Path(fa.__file__).parents[1]),
        },
        capture_output=True,
        check=True,
        text=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What one process is told: two corpora are on the disk, a third is not."""
    folder = tmp_path_factory.mktemp("nltk")
    plain, tagged = folder / "corpora" / "state_union", folder / "corpora" / "brown"
    write(plain / "1945-Demo.txt", "TALKS RESUME\n\nEnvoys met.\n")
    write(plain / "1946-Demo.txt", "Aid is late.\n")
    write(tagged / "cats.txt", "ca01 news\n")
    write(tagged / "ca01", "\n\n\tTalks/nns resume/vb ,/, he/pps said/vbd ./.\n\n")
    return read(
        folder,
        ["state_union"],
        ["state_union", ["1946-Demo.txt"]],
        ["state_union", ["1999.txt"]],
        ["brown"],
        ["inaugural"],
    )


def test_plain_corpora_are_read_as_they_are_and_tagged_ones_put_together(
    answers: list[object],
) -> None:
    every, one, unknown, put_together, _ = answers
    assert every == [
        ["1945-Demo", "TALKS RESUME", "TALKS RESUME\n\nEnvoys met.\n"],
        ["1946-Demo", "", "Aid is late.\n"],
    ]
    assert one == every[1:]
    assert "has no file '1999.txt'" in str(unknown)
    assert put_together == [["ca01", "", "Talks resume, he said."]]


def test_a_corpus_that_is_not_on_the_disk_says_how_to_fetch_it(answers: list[object]) -> None:
    assert "nltk.download('inaugural')" in str(answers[-1])


def test_wrong_names_are_refused_in_one_sentence() -> None:
    with pytest.raises(ReadingError, match="no corpus 'LazyCorpusLoader'"):
        fa.read_nltk_corpus("LazyCorpusLoader")
    with pytest.raises(TypeError, match=r"write \['a'\]"):
        fa.read_nltk_corpus("state_union", "a")

"""Benchmarks measure what they can, leave out the rest with a line, and write what they found."""

import gzip
import importlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from scipy.stats import binomtest

import analysis as fa
from analysis.languages.language import load_language

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ("attribution", "frames", "hedging", "scopes", "places")
TEXT = "The army may attack. There is no threat, Ana Rell said. Troops crossed the border."


class Run(NamedTuple):
    """How a benchmark ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def validity(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """Run benchmarks/validity.py as from a command line, in this process."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    main = importlib.import_module("validity").main

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["validity.py", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Run(code, *capsys.readouterr())

    return run


def write(folder: Path, name: str, text: str) -> None:
    content = text.encode()
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound file for each measure."""
    folder = tmp_path / "coded"
    folder.mkdir()
    said = "It may rain, Ana Rell said."
    cues = '"[[21, 25]]","[[13, 21]]","[[0, 11]]"'
    write(
        folder, "c1_news.csv.gz", f'article,para,text,cues,sources,contents\na,0,"{said}",{cues}\n'
    )
    marked = '"[[3, 6, ""epistemic"", ""may""]]"'
    write(folder, "b1_news.csv.gz", f"text,hedged,cues\nIt may rain.,1,{marked}\nIt rains.,0,[]\n")
    reach = '"[[""negation"", [[8, 11]], [[8, 16]]]]"'
    write(folder, "s1_reviews.csv.gz", f"corpus,text,cues\nreviews,It does not rain.,{reach}\n")
    places = "document_id,start,category,voice,speaker,certainty,weight\n"
    coded = {"army": "narrator,,hedged,2", "threat": "paraphrase,Ana Rell,negated,1"}
    rows = [f"x_1,{TEXT.index(word)},security,{codes}\n" for word, codes in coded.items()]
    write(folder, "d1_places.csv", places + "".join(rows))
    (tmp_path / "texts.csv").write_text(f'id,text\n1,"{TEXT}"\n')
    return folder


@pytest.mark.parametrize(
    ("measure", "name", "columns"),
    [
        ("attribution", "c1_", "article,sources,contents,"),
        ("hedging", "b1_", "hedged,"),
        ("scopes", "s1_", "corpus,"),
    ],
)
def test_a_sound_file_is_measured_beside_files_that_cannot_be(
    measure: str, name: str, columns: str, folder: Path, validity: Callable[..., Run]
) -> None:
    write(folder, f"{name}x.csv.gz", "text,other\nRain fell.,1\n")
    (folder / f"{name}y.csv.gz").write_bytes(b"no archive")
    cells = "a," * columns.count(",") + "a,[[1"
    write(folder, f"{name}z.csv.gz", f"{columns}text,cues\n{cells}\n")
    run = validity(measure, "--data", folder, "--json")
    assert run.code == 0
    assert list(json.loads(run.out)) == [name.rstrip("_")]
    told = [line.partition(" left out: ")[0] for line in run.err.splitlines()]
    assert told == [f"{name}{letter}.csv.gz" for letter in "xyz"]


def test_the_reach_of_cues_stands_beside_the_rule_of_the_next_mark(
    folder: Path, validity: Callable[..., Run]
) -> None:
    [result] = json.loads(validity("scopes", "--data", folder, "--json").out).values()
    assert {"f1", "to the next mark"} <= set(result["negation reviews"])


@pytest.mark.parametrize("measure", MEASURES)
def test_a_folder_with_nothing_to_measure_is_told_in_one_line(
    measure: str, tmp_path: Path, validity: Callable[..., Run]
) -> None:
    for name in ("a1_x.csv.gz", "b1_x.csv.gz", "c1_x.csv.gz", "s1_x.csv.gz", "d1_x_places.csv"):
        write(tmp_path, name, "other\n1\n")
    run = validity(measure, "--data", tmp_path)
    assert run.code == 2
    assert run.err.splitlines()[-1].endswith(f"holds no file that {measure} can measure")


def test_places_without_a_text_are_left_out_and_then_nothing_is_written(
    folder: Path, validity: Callable[..., Run]
) -> None:
    run = validity("places", "--data", folder, "--write")
    assert run.code == 2
    assert "2 of 2 places of d1_places.csv left out: no text for 'x_1', see --texts" in run.err
    assert "nothing is written" in run.err


def test_figures_are_written_into_the_folder_of_the_language(
    folder: Path, tmp_path: Path, validity: Callable[..., Run]
) -> None:
    language = tmp_path / "mine"
    shutil.copytree(load_language("en").folder, language)
    texts = f"x={tmp_path / 'texts.csv'}"
    run = validity(
        *("places", "--data", folder, "--texts", texts, "--language", language, "--write")
    )
    assert run.code == 0
    table = fa.context_validity(language)
    assert table["same_words"].all()
    certainty = table[table["column"].eq("certainty") & table["texts"].eq("all")]
    rows = certainty.set_index("value")[["precision", "n_called", "recall", "n_coded"]]
    assert rows.loc["hedged"].tolist() == [1, 1, 1, 1]
    assert rows.loc["negated"].tolist() == [1, 1, 1, 1]
    # Two hits in three, by weight, are hedged; none is asserted.
    assert rows.loc["(always asserted)", "precision"] == 0
    assert rows.loc["asserted", "n_called"] == 0
    assert rows["precision"].isna().tolist() == [name == "asserted" for name in rows.index]


def test_hits_that_were_coded_tell_what_is_right_and_what_is_kept_by_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    measure = importlib.import_module("places").frame_precision
    texts = {"x": "An army came. The army of ants left.", "c1": "The army stood near the wall."}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(f'id,text\n1,"{text}"\n')
    rows = ["x_1,3,k,1,3", "x_1,18,k,0,1", "c1_1,24,k,1,1"]
    write(
        tmp_path, "d1_places.csv", "document_id,start,category,frame_ok,weight\n" + "\n".join(rows)
    )
    files = {name: str(tmp_path / f"{name}.csv") for name in texts}
    found = measure(tmp_path, files, fa.lexicon_from_dict("own", {"k": ["army"]}))["d1"]
    by_source = {row[0]: row for row in found}
    # The wall was right and is no longer found; the ants weigh a third of the army.
    assert by_source["all"][2:4] == [2, 0.75]
    assert by_source["all"][-1] == pytest.approx(3 / 4)
    assert by_source["x"][3] == 0.75
    assert by_source["x"][4] < 0.75 < by_source["x"][5]
    assert by_source["1"][2:] == [0, None, None, None, 0]


@pytest.mark.parametrize(("right", "n"), [(0, 7), (16, 20), (26, 26), (331, 400)])
def test_bounds_are_those_of_wilson(right: int, n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    bounds = importlib.import_module("rates").wilson(right / n, n)
    expected = binomtest(right, n).proportion_ci(method="wilson")
    assert bounds == pytest.approx((expected.low, expected.high))


def test_the_readme_shows_the_figures_that_the_package_carries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    rates = importlib.import_module("rates")
    readme = (ROOT / "README.md").read_text("utf-8")
    told = readme.partition(rates.BEGIN)[2].partition(rates.END)[0]
    assert told.strip() == rates.in_markdown(fa.context_validity())

"""Results of two makings are never mixed: other code, other libraries, other words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from analysis.errors import CorpusError
from analysis.saving.provenance import _ROOMS, making
from tests.scores.corpus.conftest import LEXICON, SMALL, bytes_of, write_corpus
from tests.test_sources import copy_package, run_in

SCORE = """
import json, sys
from distributed import Client
import analysis as fa
from tests.builders import IN_PROCESS
from tests.scores.corpus.conftest import LEXICON
if __name__ == "__main__":
    with Client(**IN_PROCESS, silence_logs=50) as client:
        fa.score_corpus(*sys.argv[1:3], LEXICON, client=client, **json.loads(sys.argv[3]))
    from analysis.hits.certainty import scopes
    loaded = [name for name in sys.modules if name.startswith("analysis.")]
    json.dump({"loaded": loaded, "suffix": scopes.__file__.rpartition(".")[2]}, sys.stdout)
"""
# Without Dask, which loads libraries of its own.
SCORE_ONE_PART = """
import json, sys
from importlib.metadata import packages_distributions
from analysis.scores.corpus.loading import load_part
from analysis.scores.corpus.measures import Measures, score_rows
from analysis.scores.corpus.planning import plan_input
from analysis.lexicons.loading import load_lexicon

plan = plan_input(sys.argv[1], text_column="text", part_bytes=10**6)
lexica = (load_lexicon("framing"),)
measures = Measures(lexica, True, ("voice",), None, "text", plan.columns, {}, 9, 10**6)
for part in plan.parts:
    score_rows(load_part(part, ["text", *plan.columns]), measures, part.file)
names = {name.partition(".")[0] for name in sys.modules}
known = packages_distributions()
json.dump(sorted({one.lower() for name in names for one in known.get(name, [])}), sys.stdout)
"""


def differing(monkeypatch: pytest.MonkeyPatch, name: str, *modules: str) -> Mapping[str, str]:
    """Let a version be another one than it is."""
    other = {**making(), name: "another"}
    for module in modules:
        monkeypatch.setattr(f"analysis.scores.corpus.{module}.making", lambda: other)
    return other


@pytest.mark.parametrize("name", sorted(making()))
def test_what_other_code_or_libraries_made_is_not_gone_on_with(
    client: Any, corpus: Path, scored: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (scored / "_SUCCESS").unlink()
    (scored / "records" / "part-000001.json").unlink()
    whole = bytes_of(scored)
    differing(monkeypatch, name, "run", "work")
    with pytest.raises(
        CorpusError, match="must not be mixed: go back to what made it, give"
    ) as told:
        fa.score_corpus(corpus, scored, LEXICON, client=client, **SMALL)
    assert f"differs in {name} ({making()[name][:12]}, here another);" in str(told.value)
    assert bytes_of(scored) == whole
    fa.score_corpus(corpus, scored, LEXICON, client=client, resume=False, **SMALL)
    assert json.loads((scored / "plan.json").read_text())["facts"][name] == "another"


def test_an_output_of_before_sources_were_hashed_is_not_gone_on_with(
    client: Any, corpus: Path, scored: Path
) -> None:
    plan = json.loads((scored / "plan.json").read_text())
    del plan["facts"]["code"], plan["facts"]["numpy"]
    (scored / "plan.json").write_text(json.dumps({**plan, "fingerprint": "older"}))
    with pytest.raises(CorpusError, match=r"code \(unknown, here \w{12}\), numpy \(unknown, here"):
        fa.score_corpus(corpus, scored, LEXICON, client=client, **SMALL)


def test_what_is_finished_is_opened_whatever_made_it_and_tells_what_did(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        made = differing(elsewhere, "code", "run", "work")
        fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)
    assert fa.open_scores(tmp_path / "out", verify=True).count_rows() > 0
    facts = json.loads((tmp_path / "out" / "plan.json").read_text())["facts"]
    assert made == {name: facts[name] for name in made} != making()


@pytest.mark.parametrize("name", sorted(making()))
def test_a_worker_of_other_code_or_libraries_writes_nothing(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    differing(monkeypatch, name, "work")
    with pytest.raises(CorpusError, match=r"a worker on .* differs .* in " + name) as told:
        fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)
    assert "install the same on all workers" in str(told.value)
    assert not list((tmp_path / "out").glob("*/part-*"))


LANGUAGE = "code: xx\nnames: invented\n"


def write_language(folder: Path, abbreviation: str) -> Path:
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "language.yml").write_text(LANGUAGE)
    (folder / "words" / "abbreviations.yml").write_text(f"abbreviations: {abbreviation}\n")
    return folder


def test_a_language_of_ones_own_is_known_by_its_words_wherever_it_lies(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"

    def score(language: Path) -> Any:
        return fa.score_corpus(
            corpus, output, LEXICON, client=client, language=language, **SMALL
        ).iloc[0]

    score(write_language(tmp_path / "here", "abt."))
    moved = score(write_language(tmp_path / "there", "abt."))
    assert moved["n_parts_before"] == moved["n_parts"]
    with pytest.raises(CorpusError, match="differs in options"):
        score(write_language(tmp_path / "there", "bzw."))


def test_a_language_that_changes_during_a_run_leaves_no_scores(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import analysis.scores.corpus.run as module

    language = write_language(tmp_path / "xx", "abt.")
    inner = module._score_all

    def changing(*given: Any) -> Any:
        yield from inner(*given)
        write_language(language, "bzw.")

    monkeypatch.setattr(module, "_score_all", changing)
    with pytest.raises(CorpusError, match=r"xx' changed while the corpus was scored"):
        fa.score_corpus(
            corpus, tmp_path / "out", LEXICON, client=client, language=language, **SMALL
        )
    assert not list((tmp_path / "out" / "records").iterdir())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A run of the same code elsewhere, where nothing was compiled."""
    folder = tmp_path_factory.mktemp("plain")
    copy_package(folder, without="*.so")
    corpus, output = write_corpus(folder / "news"), folder / "out"
    told = run_in(folder, SCORE, corpus, output, json.dumps(SMALL))
    return {**told, "files": bytes_of(output)}


def test_a_run_may_move_to_a_machine_where_nothing_is_compiled(
    plain: dict[str, Any], scored: Path
) -> None:
    assert plain["suffix"] == "py"
    assert plain["files"] == bytes_of(scored)


def test_every_module_that_scoring_loads_is_among_the_sources_of_numbers(
    plain: dict[str, Any],
) -> None:
    rooms = {name.split(".")[1] for name in plain["loaded"]}
    # They write files, check versions and say what is wrong.
    assert rooms - {"errors", "saving", "sources"} == set(_ROOMS)


def test_every_library_that_scoring_loads_is_known(tmp_path: Path) -> None:
    names = run_in(tmp_path, SCORE_ONE_PART, write_corpus(tmp_path / "news"))
    loaded = {name.lower().replace("_", "-") for name in names}
    # Imported by the others at their start, and asked for nothing when a text is scored.
    idle = {"cloudpickle", "lazy-loader", "python-dateutil", "pytz", "setuptools", "six"}
    assert loaded - idle - {"media-framing"} == {"numpy", "pandas", "pyarrow", "pyyaml"}
    assert loaded - idle - {"media-framing"} <= set(making())


@pytest.mark.parametrize(
    ("name", "decides"),
    [
        ("languages/en/words/abbreviations.yml", True),
        ("languages/en/lexica/hedging.yml", True),
        ("languages/language.py", True),
        ("text/counting.pyx", True),
        ("text/tokens.py", True),
        ("lexicons/builtin/framing.yml", True),
        ("reading/dates.py", True),
        ("hits/voice/quotes.pxd", True),
        ("hits/voice/quotes.py", True),
        ("scores/scoring.py", True),
        ("tables/core.py", True),
        ("statistics/sums.py", True),
        ("cli/score.py", False),
        ("figures/style.py", False),
        ("output/pages.py", False),
        ("lexicons/builtin/cards/framing.md", False),
    ],
)
def test_what_decides_a_number_changes_the_hash_of_the_code_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, decides: bool
) -> None:
    copy = copy_package(tmp_path)
    monkeypatch.setattr("analysis.saving.provenance._HOME", copy)
    before = making.__wrapped__()
    assert before == making()
    with (copy / name).open("a") as file:
        file.write("\n# changed\n")
    assert (making.__wrapped__()["code"] != before["code"]) == decides

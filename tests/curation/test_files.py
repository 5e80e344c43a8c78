"""The files of a curation: nothing is lost by a crash, by others, or by hand."""

import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filelock import FileLock

import analysis as fa
from analysis.curation import files
from analysis.curation.files import CurationFiles
from analysis.errors import LexiconError, LexiconWarning, MediaFramingError, TableError
from analysis.lexicons.model import Entry
from analysis.validation.checks import hash_of
from tests.builders import paragraphs_of
from tests.curation.curating import NAME, TIME, decided, entry, lexicon, terms, undone

TRUCE = entry("truce")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "diplomacy" / "diplomacy.yml"


def opened(path: Path, own: fa.Lexicon | None = None) -> CurationFiles:
    return CurationFiles(path, own or lexicon())


def accept(own: CurationFiles, *entries: str | Entry) -> None:
    for one in entries:
        new = entry(one) if isinstance(one, str) else one
        own.decide(lambda lexicon, log, new=new: decided(lexicon, log, "accept", new))


def logged(path: Path) -> list[str]:
    return fa.read_decisions(path)["term"].tolist()


def test_nothing_is_written_before_the_first_decision_and_then_both_files(path: Path) -> None:
    own = opened(path)
    began, decisions, judgements = own.load()
    assert (terms(began), len(decisions), len(judgements)) == (["dialogue", "talks"], 0, 0)
    assert not path.parent.exists()
    accept(own, "truce")
    assert fa.load_lexicon(path).id == own.load()[0].id == fa.read_decisions(path)["lexicon"][0]
    assert terms(fa.load_lexicon(path)) == ["dialogue", "talks", "truce"]


def test_a_curation_goes_on_from_its_files(path: Path) -> None:
    accept(opened(path), "truce", "envoy")
    own = opened(path)
    assert own.load()[0].version == "0.2"
    accept(own, "summit")
    assert fa.load_lexicon(path).version == "0.3"
    assert logged(path) == ["truce", "envoy", "summit"]
    pd.testing.assert_frame_equal(fa.read_decisions(path), own.load()[1])


def test_odd_terms_notes_and_reasons_come_back_as_they_were(path: Path) -> None:
    odd = entry(
        '"U.S.: envoy"',
        note='=1+1; "a": {b} # *c\nline',
        unless=["'peace' talks", "*ism"],
        near={"terms": ["переговоры", "和平"], "within": [5, "sentence"]},
    )
    own = opened(path)
    own.decide(lambda a, b: decided(a, b, "accept", odd, reason="=SUM(A1)"))
    written = path.with_name("decisions.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert b",'=SUM(A1)," in written
    back, decisions, _ = opened(path).load()
    assert back.categories[0].entries[-1] == odd
    assert back.categories[0].entries[-1].note == odd.note
    assert decisions["reason"].tolist() == ["=SUM(A1)"]
    own = opened(path)
    own.decide(undone)
    assert terms(own.load()[0]) == ["dialogue", "talks"]


def _fails(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_a_crash_between_log_and_lexicon_loses_nothing_and_doubles_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened(path)
    accept(own, "truce")
    for term in ("envoy", "summit"):
        with monkeypatch.context() as patch:
            # The log is whole once its block ends; what follows is the lexicon's own turn.
            patch.setattr(files, "written_whole", _ending_after_the_log(files.written_whole))
            with pytest.raises(KeyboardInterrupt):
                accept(own, term)
        assert logged(path)[-1] == term
        assert term not in path.read_text("utf-8")
        for again in (own, opened(path)):
            lexicon_now, decisions, _ = again.load()
            assert terms(lexicon_now)[-1] == term
            assert decisions["term"].tolist().count(term) == 1
        assert lexicon_now.id == fa.load_lexicon(path).id == decisions["lexicon"].iloc[-1]
        with pytest.raises(LexiconError, match="already"):
            accept(own, term)


def _ending_after_the_log(written_whole: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def whole(path: Path, **options: Any) -> Iterator[Any]:
        with written_whole(path, **options) as file:
            yield file
        if path.name == "decisions.csv":
            raise KeyboardInterrupt

    return whole


def test_a_crash_at_the_first_decision_is_caught_up_with(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(files, "written_whole", _ending_after_the_log(files.written_whole))
        with pytest.raises(KeyboardInterrupt):
            accept(opened(path), "truce")
    assert not path.exists()
    assert terms(opened(path).load()[0])[-1] == "truce"
    assert terms(fa.load_lexicon(path))[-1] == "truce"


@pytest.mark.parametrize("name", ["write_for_spreadsheets", "content_of"])
def test_a_crash_before_the_log_is_whole_changes_no_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    accept(opened(path), "truce")
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    own = opened(path)
    monkeypatch.setattr(files, name, _fails)
    with pytest.raises(KeyboardInterrupt):
        accept(own, "envoy")
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


_DIES = """
import os, sys
from contextlib import contextmanager
from analysis.curation import files
from tests.curation.test_files import accept, opened
from pathlib import Path
whole = files.written_whole
@contextmanager
def dying(path, **options):
    with whole(path, **options) as file:
        yield file
    if path.name == "decisions.csv":
        os._exit(9)
files.written_whole = dying
accept(opened(Path(sys.argv[1])), "truce")
"""
_ACCEPTS = """
import sys
from pathlib import Path
from tests.curation.test_files import accept, opened
own = opened(Path(sys.argv[1]))
accept(own, *sys.argv[2:])
"""


def test_a_process_that_is_killed_between_both_files_has_decided_once(path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", _DIES, str(path)], check=False)
    assert run.returncode == 9
    accept(opened(path), "envoy")
    assert terms(fa.load_lexicon(path)) == ["dialogue", "talks", "truce", "envoy"]
    assert logged(path) == ["truce", "envoy"]


def test_two_notebooks_in_turn_lose_nothing_of_each_other(path: Path) -> None:
    one, other = opened(path), opened(path)
    accept(one, "truce")
    accept(other, "envoy")
    accept(one, "summit")
    other.decide(lambda a, b: undone(a, b, 1))
    one.decide(lambda a, b: decided(a, b, "drop", entry("talks")))
    assert terms(fa.load_lexicon(path)) == ["dialogue", "envoy", "summit"]
    assert one.load()[0].id == other.load()[0].id
    assert other.load()[1]["number"].tolist() == [1, 2, 3, 4, 5]


def test_two_notebooks_at_the_same_time_lose_nothing_of_each_other(path: Path) -> None:
    begin = threading.Barrier(2)

    def notebook(name: str) -> None:
        own = opened(path)
        begin.wait()
        accept(own, *(f"{name}{n}" for n in range(6)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(notebook, ("a", "b")))
    expected = [f"{name}{n}" for name in "ab" for n in range(6)]
    assert sorted(logged(path)) == expected
    assert sorted(terms(fa.load_lexicon(path))) == sorted([*expected, "dialogue", "talks"])


def test_two_processes_at_the_same_time_lose_nothing_of_each_other(path: Path) -> None:
    words = {name: [f"{name}{n}" for n in range(5)] for name in "ab"}
    runs = [
        subprocess.Popen([sys.executable, "-c", _ACCEPTS, str(path), *own])
        for own in words.values()
    ]
    assert [run.wait() for run in runs] == [0, 0]
    assert sorted(logged(path)) == sorted([*words["a"], *words["b"]])
    assert len(fa.load_lexicon(path).entries) == 12
    assert fa.load_lexicon(path).version == "0.10"


def test_a_page_that_only_looks_sees_what_another_decides(path: Path) -> None:
    one, other = opened(path), opened(path)
    first = one.load()
    assert one.load() is first
    accept(other, "truce")
    assert terms(one.load()[0])[-1] == "truce"


def test_what_was_changed_by_hand_in_between_is_kept(path: Path) -> None:
    own = opened(path)
    accept(own, "truce")
    by_hand = path.read_text("utf-8").replace(
        "- talks", "- {term: talks, note: By hand.}\n    - pact"
    )
    path.write_text(by_hand, "utf-8")
    log = own._files["decisions"]
    log.write_text(
        "\n".join(
            f"{line},{own}"
            for line, own in zip(
                log.read_text("utf-8-sig").splitlines(), ["remark", "mine"], strict=True
            )
        ),
        "utf-8",
    )
    accept(own, "envoy")
    table = fa.load_lexicon(path).entries.set_index("term")["note"]
    assert table.index.tolist() == ["dialogue", "talks", "pact", "truce", "envoy"]
    assert table["talks"] == "By hand."
    assert fa.read_decisions(path)["remark"].fillna("").tolist() == ["mine", ""]


def test_a_version_set_by_hand_is_gone_on_from(path: Path) -> None:
    accept(opened(path), "truce", "envoy")
    path.write_text(path.read_text("utf-8").replace("version: '0.2'", "version: '1.0'"), "utf-8")
    own = opened(path)
    assert own.load()[0].version == "1.0"
    accept(own, "summit")
    assert fa.load_lexicon(path).version == "1.0.3"
    accept(opened(path), "pact")
    assert fa.load_lexicon(path).version == "1.0.4"


def test_an_older_copy_of_the_lexicon_catches_up_with_the_log(path: Path) -> None:
    own = opened(path)
    accept(own, "truce")
    kept = path.read_bytes()
    accept(own, "envoy", "summit")
    latest = fa.load_lexicon(path).id
    path.write_bytes(kept)
    assert opened(path).load()[0].id == latest
    assert fa.load_lexicon(path).id == latest


def test_comments_are_told_before_they_are_lost(path: Path) -> None:
    accept(opened(path), "truce")
    path.write_text("# Mine.\n" + path.read_text("utf-8"), "utf-8")
    own = opened(path)
    with pytest.warns(LexiconWarning, match="comments .* line 1"):
        own.load()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        accept(own, "envoy")


_DAMAGED = {
    "no text": (b"\xff\xfe\x00\x01", "no table in UTF-8"),
    "an empty file": (b"", "no table"),
    "another table": (b"a,b\n1,2\n", "lacks 'number'"),
    "a number gone": (b"", "row 1 below the header .* is not the next decision"),
    "a comma for a point": (b"", "'0,25' as share_paragraphs, which is not a number"),
    "an unknown decision": (b"", "none of the decisions accept"),
    "half of it": (b"", "no table|lacks|has no"),
}


@pytest.mark.parametrize("kind", _DAMAGED)
def test_a_damaged_log_is_refused_in_a_sentence_and_stays_as_it_is(path: Path, kind: str) -> None:
    accept(opened(path), "truce", "envoy")
    log = path.with_name("decisions.csv")
    content, reason = _DAMAGED[kind]
    whole = log.read_text("utf-8-sig")
    content = {
        "a number gone": whole.replace("\n1,", "\n7,").encode(),
        "a comma for a point": whole.replace("0.25", '"0,25"').encode(),
        "an unknown decision": whole.replace("accept", "maybe").encode(),
        "half of it": whole[: len(whole) * 3 // 4].encode(),
    }.get(kind, content)
    log.write_bytes(content)
    before = path.read_bytes()
    for attempt in (lambda: opened(path).load(), lambda: accept(opened(path), "summit")):
        with pytest.raises(TableError, match=reason):
            attempt()
    with pytest.raises(TableError, match=reason):
        fa.read_decisions(path)
    assert (log.read_bytes(), path.read_bytes()) == (content, before)


def test_files_that_do_not_belong_together_are_refused(path: Path) -> None:
    accept(opened(path), "truce")
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    own_folder = "a folder of its own"
    for name, own, reason in [
        ("trade.yml", lexicon(name="trade"), own_folder),
        ("second.yml", lexicon(), own_folder),
        ("diplomacy.yml", lexicon(name="trade"), "holds the lexicon 'diplomacy' .* not 'trade'"),
        (
            "diplomacy.yml",
            fa.lexicon_from_dict(NAME, {"other": ["talks"]}),
            "with diplomacy, not 'diplomacy' with other",
        ),
    ]:
        for attempt in (lambda one: one.load(), lambda one: accept(one, "envoy")):
            with pytest.raises(MediaFramingError, match=reason):
                attempt(opened(path.with_name(name), own))
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_lexicon_that_is_gone_is_made_again_from_its_log(path: Path) -> None:
    accept(opened(path), "truce", "envoy")
    latest = fa.load_lexicon(path).id
    path.unlink()
    assert opened(path).load()[0].id == latest
    path.unlink()
    log = path.with_name("decisions.csv").read_bytes()
    for others, reason in [(("talks", "pact"), "begins with another"), (("envoy",), "another")]:
        with pytest.raises(TableError, match=f"do not belong together .*{reason}"):
            opened(path, lexicon(*others)).load()
    assert not path.exists()
    assert path.with_name("decisions.csv").read_bytes() == log


def test_a_log_that_does_not_fit_an_older_lexicon_changed_by_hand_is_refused(path: Path) -> None:
    own = opened(path)
    accept(own, "truce")
    kept = path.read_text("utf-8")
    narrow = entry("talks", unless=["talks show"])
    own.decide(lambda a, b: decided(a, b, "exclude", entry("talks"), narrow))
    path.write_text(kept.replace("- talks", "- {term: talks, weight: 2}"), "utf-8")
    before = path.read_bytes()
    with pytest.raises(TableError, match=r"decision 2 does not fit diplomacy 0\.1: .*'talks'"):
        opened(path).load()
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["diplomacy.yml", "decisions.csv"])
def test_a_file_that_is_read_only_is_told_and_nothing_is_written(path: Path, name: str) -> None:
    accept(opened(path), "truce")
    path.with_name(name).chmod(0o444)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    own = opened(path)
    assert terms(own.load()[0])[-1] == "truce"
    with pytest.raises(TableError, match=f"{name}' cannot be written: .*read-only"):
        accept(own, "envoy")
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(TableError, match="cannot be written"):
        accept(opened(tmp_path / "taken" / "a.yml"), "truce")
    with pytest.raises(ValueError, match=r"does not end in \.yml"):
        opened(tmp_path / "a.csv")


def test_a_folder_at_which_another_program_is_at_work_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(opened(path), "truce")
    monkeypatch.setattr(files, "_PATIENCE", 0.1)
    with (
        FileLock(path.parent / ".curation.lock"),
        pytest.raises(TableError, match="another program"),
    ):
        accept(opened(path), "envoy")


def test_a_broken_lexicon_file_is_refused_with_its_line(path: Path) -> None:
    accept(opened(path), "truce")
    path.write_text(path.read_text("utf-8") + "    - [\n", "utf-8")
    with pytest.raises(LexiconError, match=r"diplomacy\.yml, line"):
        opened(path).load()


def test_a_folder_moved_away_and_back_is_read_again(path: Path) -> None:
    own = opened(path)
    accept(own, "truce")
    shutil.move(path.parent, path.parent.with_name("moved"))
    assert terms(own.load()[0]) == ["dialogue", "talks"]
    shutil.move(path.parent.with_name("moved"), path.parent)
    assert terms(own.load()[0])[-1] == "truce"


TEXTS = (
    "Talks began. Dialogue helps.\n\nA talks show on air.",
    "Talks failed.\n\nRain fell.",
    "The dialogue of a film.",
)


def judged(hits: pd.DataFrame, codes: list[str], coder: str = "Ana") -> pd.DataFrame:
    paragraphs = paragraphs_of(*TEXTS)
    hashed = {
        (row["document_id"], row["paragraph"]): hash_of(row["text"])
        for row in paragraphs.to_dict("records")
    }
    places = zip(hits["document_id"], hits["paragraph"], strict=True)
    return hits.assign(
        coder=coder, code=codes, time=TIME, text_hash=[hashed[place] for place in places]
    )


@pytest.mark.filterwarnings("ignore::analysis.errors.StatisticsWarning")
def test_judgements_become_codes_that_validation_reads(path: Path) -> None:
    paragraphs = paragraphs_of(*TEXTS)
    own = opened(path, lexicon(definition="Parties to a conflict talk."))
    accept(own, "truce")
    lexicon_now = own.load()[0]
    hits = fa.find_hits(paragraphs, lexicon_now)
    assert hits["surface"].str.lower().tolist() == [
        "talks",
        "dialogue",
        "talks",
        "talks",
        "dialogue",
    ]
    own.judge(judged(hits.iloc[:1], ["0"]), hits)
    assert own.codes().empty  # the other hit of the paragraph was not read
    own.judge(judged(hits.iloc[1:], ["1", "0", "1", "0"]), hits)
    codebook = fa.make_codebook(lexicon_now)
    coded = path.with_name("codes.csv")
    codes, problems = fa.read_codes(coded, paragraphs, codebook, return_problems=True)
    assert problems.empty
    assert codes["code"].fillna("").tolist() == ["1", "0", "1", "", "0"]
    scores = fa.score_paragraphs(paragraphs, hits, lexicon_now)
    measures = fa.validate_lexicon(hits, scores, codes, n_resamples=49)["measures"]
    value = measures.set_index("measure")["value"]
    assert value["precision"] == 0.5
    assert fa.read_judgements(path)["code"].tolist() == ["0", "1", "0", "1", "0"]
    pd.testing.assert_frame_equal(fa.read_judgements(path), own.load()[2])


def test_a_later_judgement_replaces_the_earlier_and_other_coders_keep_theirs(path: Path) -> None:
    hits = fa.find_hits(paragraphs_of(*TEXTS), lexicon())
    own, other = opened(path), opened(path)
    one = hits.iloc[2:3]
    own.judge(judged(one, ["0"]), hits)
    other.judge(judged(one, ["1"], "Ben"), hits)
    own.judge(judged(one, ["1"]), hits)
    assert fa.read_judgements(path)[["coder", "code"]].values.tolist() == [
        ["Ben", "1"],
        ["Ana", "1"],
    ]
    assert other.codes()[["coder", "code"]].values.tolist() == [["Ben", "1"], ["Ana", "1"]]


def test_a_code_stays_where_its_entry_was_dropped_and_goes_where_a_new_hit_is_unread(
    path: Path,
) -> None:
    paragraphs = paragraphs_of(*TEXTS)
    own = opened(path)
    hits = fa.find_hits(paragraphs, own.load()[0])
    own.judge(judged(hits.iloc[2:5], ["0", "0", "0"]), hits)
    assert own.codes()["code"].tolist() == ["0", "0", "0"]
    own.decide(lambda a, b: decided(a, b, "drop", entry("dialogue")))
    accept(own, "failed")
    hits = fa.find_hits(paragraphs, own.load()[0])
    own.judge(judged(hits.iloc[:1], ["1"]), hits)
    codes = own.codes().set_index(["document_id", "paragraph"])["code"]
    assert codes.to_dict() == {("text_0001", 0): "1", ("text_0001", 1): "0", ("text_0003", 0): "0"}


def test_codes_of_another_hand_in_the_folder_are_not_written_over(path: Path) -> None:
    hits = fa.find_hits(paragraphs_of(*TEXTS), lexicon())
    own = opened(path)
    accept(own, "truce")
    codes = path.with_name("codes.csv")
    codes.write_text(
        "document_id,paragraph,category,coder,code,note,time,text_hash\na,0,diplomacy,Cy,1,,,\n",
        "utf-8",
    )
    before = codes.read_bytes()
    with pytest.raises(TableError, match="do not follow from judgements"):
        own.judge(judged(hits.iloc[:1], ["1"]), hits)
    assert codes.read_bytes() == before
    assert not path.with_name("judgements.csv").exists()

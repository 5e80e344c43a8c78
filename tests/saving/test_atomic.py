"""A file that cannot be written leaves what stood there whole, and nothing beside it."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

import analysis as fa
from analysis.errors import MediaFramingError
from analysis.output.index_page import Report, write_index
from analysis.saving.atomic import replacing, write_text_whole, write_whole

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here is full")

TABLE = pd.DataFrame({"term": ["aid", "border"] * 40, "n_hits": range(80)})
PARAGRAPHS = fa.split_paragraphs(fa.documents_from_texts(["A threat.\n\nRain."], ["a"]))
LEXICON = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
CODEBOOK = pd.DataFrame(
    {"category": "threat", "definition": "Danger.", "code": ["1", "0"], "meaning": ["yes", "no"]}
)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let every new file lie on a device that is always full, from the call on."""
    device = os.open("/dev/full", os.O_WRONLY)
    usual = Path.open

    def on_full_disk(path: Path, mode: str = "r", **options: Any) -> Any:
        file = usual(path, mode, **options)
        if "x" in mode:
            os.dup2(device, file.fileno())
        return file

    with monkeypatch.context() as disk:
        yield lambda: disk.setattr(Path, "open", on_full_disk)
    os.close(device)


def draw(folder: Path) -> None:
    figure = Figure()
    figure.subplots().bar([0], [1], label="a")
    fa.save_figure(figure, "bars", data=TABLE, folder=folder)


def highlight(folder: Path) -> None:
    fa.save_texts(PARAGRAPHS, fa.find_hits(PARAGRAPHS, LEXICON), folder)


def code(folder: Path) -> None:
    widget = fa.code_paragraphs(PARAGRAPHS, CODEBOOK, coder="Ana", path=folder / "ana.csv")
    said = {"kind": "code", "id": ["a", 1], "row": 0, "category": "threat", "code": "1"}
    reply = widget._answer(said)
    if reply["kind"] == "failed":
        raise MediaFramingError(reply["error"])


OUTPUTS: dict[str, Callable[[Path], object]] = {
    "table.csv": lambda folder: fa.save_table(TABLE, folder / "table.csv"),
    "table.parquet": lambda folder: fa.save_table(TABLE, folder / "table.parquet"),
    "print.html": lambda folder: fa.save_formatted(TABLE, folder / "print.html"),
    "print.tex": lambda folder: fa.save_formatted(TABLE, folder / "print.tex"),
    "print.docx": lambda folder: fa.save_formatted(TABLE, folder / "print.docx"),
    "mine.yml": lambda folder: fa.save_lexicon(LEXICON, folder / "mine.yml"),
    "index.html": lambda folder: write_index([Report("00", "Start", "", 1.0)], folder),
    "ana.csv": code,
    "bars.png": draw,
    "index.csv": highlight,
}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_else(
    name: str, tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    OUTPUTS[name](tmp_path)
    before = contents(tmp_path)
    assert before[name]
    full_disk()
    with pytest.raises(MediaFramingError, match="No space left on device"):
        OUTPUTS[name](tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_coding_sheet_that_fails_leaves_nothing(
    kind: str, tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    full_disk()
    with pytest.raises(MediaFramingError, match="cannot be written: No space left"):
        fa.save_coding_sheet(PARAGRAPHS, CODEBOOK, tmp_path / f"ana.{kind}", coder="Ana")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("ending", [".png", ".svg", ".txt", ".csv"])
def test_each_file_of_a_figure_is_replaced_whole(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(tmp_path)
    before = contents(tmp_path)
    replace = Path.replace

    def fail(part: Path, target: Path) -> Path:
        if target.suffix == ending:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(MediaFramingError, match="cannot write figure 'bars'"):
        draw(tmp_path)
    assert contents(tmp_path) == before


def test_what_is_broken_off_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"half", before=stop)
    assert contents(tmp_path) == {"a.txt": b"old"}


def test_a_link_stays_a_link_and_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    path, link = tmp_path / f"{'é' * 120}.html", tmp_path / "link.html"
    write_text_whole(path, "old")
    link.symlink_to(path)
    write_text_whole(link, "new")
    assert link.is_symlink()
    assert path.read_text("utf-8") == "new"


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_keeps_its_mode_and_a_read_only_one_is_refused(name: str, tmp_path: Path) -> None:
    OUTPUTS[name](tmp_path)
    path = tmp_path / name
    path.chmod(0o640)
    OUTPUTS[name](tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o444)
    before = contents(tmp_path)
    with pytest.raises(MediaFramingError, match="is read-only"):
        OUTPUTS[name](tmp_path)
    assert contents(tmp_path) == before


def test_what_a_file_of_ones_own_holds_is_never_readable_for_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o600)
    with replacing(path) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600

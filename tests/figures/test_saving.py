import hashlib
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import analysis as fa
from analysis.errors import MediaFramingError
from analysis.figures.style import plain_label


@pytest.fixture
def ax() -> Axes:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.bar([0, 1], [1.5, 2.5], hatch="//", label="a")
    axes.legend()
    return axes


def digests(paths: dict[str, Path]) -> dict[str, str]:
    return {kind: hashlib.sha256(path.read_bytes()).hexdigest() for kind, path in paths.items()}


def test_a_figure_is_saved_as_png_svg_and_csv(ax: Axes, tmp_path: Path) -> None:
    table = pd.DataFrame({"rate": [1.5, 2.5]})
    paths = fa.save_figure(ax, "bars", data=table, folder=tmp_path / "new" / "folder")
    assert sorted(p.name for p in paths.values()) == [
        "bars.csv",
        "bars.png",
        "bars.svg",
        "bars.txt",
    ]
    assert paths["png"].read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in paths["svg"].read_bytes()


def test_a_png_has_300_dots_per_inch(ax: Axes, tmp_path: Path) -> None:
    ax.figure.set_size_inches(4, 3)
    pixels = plt.imread(fa.save_figure(ax.figure, "bars", folder=tmp_path)["png"])
    assert pixels.shape[:2] == (900, 1200)


def test_the_same_figure_twice_gives_the_same_bytes(ax: Axes, tmp_path: Path) -> None:
    """X11"""
    first = digests(fa.save_figure(ax, "first", folder=tmp_path))
    ax.figure.savefig(io.BytesIO(), dpi=77, bbox_inches="tight")  # as a notebook shows it
    assert digests(fa.save_figure(ax, "second", folder=tmp_path)) == first


def test_files_tell_neither_the_date_nor_the_software(ax: Axes, tmp_path: Path) -> None:
    paths = fa.save_figure(ax, "bars", folder=tmp_path)
    assert b"Software" not in paths["png"].read_bytes()
    assert b"<dc:date>" not in paths["svg"].read_bytes()
    assert b"matplotlib.org" not in paths["svg"].read_bytes()


def test_numbers_read_back_exactly_and_nulls_are_empty(ax: Axes, tmp_path: Path) -> None:
    """X15"""
    table = pd.DataFrame({"rate": [0.1 + 0.2, 1 / 3, np.nan], "name": ["a,b", 'say "x"', None]})
    path = fa.save_figure(ax, "bars", data=table, folder=tmp_path)["csv"]
    assert "nan" not in path.read_text("utf-8").lower()
    back = pd.read_csv(path)
    assert path.read_text("utf-8").splitlines()[1].startswith("0.30000000000000004,")
    assert back["rate"].tolist()[:2] == [0.1 + 0.2, 1 / 3]
    assert back["name"].tolist()[:2] == ["a,b", 'say "x"']
    assert back.loc[2, ["rate", "name"]].isna().all()
    assert set(back["package_version"]) == {fa.__version__}


def test_a_lone_surrogate_in_the_data_does_not_stop_saving(ax: Axes, tmp_path: Path) -> None:
    """X10"""
    table = pd.DataFrame({"title": pd.Series(["a\ud800b"], dtype=object)})
    path = fa.save_figure(ax, "bars", data=table, folder=tmp_path)["csv"]
    assert path.read_text("utf-8").splitlines()[1].startswith("a\\ud800b,")


def test_the_svg_file_has_text_as_text_and_the_figure_in_words(ax: Axes, tmp_path: Path) -> None:
    ax.set_xlabel('5 < 6 & "more"')
    paths = fa.save_figure(ax, "bars", folder=tmp_path)
    root = ET.parse(paths["svg"]).getroot()  # noqa: S314 - our own file
    svg = {"svg": "http://www.w3.org/2000/svg"}
    words = fa.alt_text(ax)
    assert '5 < 6 & "more"' in words
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext("svg:desc", namespaces=svg) == words
    assert root[0].tag.endswith("title")
    assert words.startswith(str(root[0].text))
    assert '5 < 6 & "more"' in [text.text for text in root.iterfind(".//svg:text", svg)]
    assert paths["txt"].read_text("utf-8") == f"{words}\n"


def test_half_of_a_character_in_a_label_does_not_stop_saving(ax: Axes, tmp_path: Path) -> None:
    ax.set_title(plain_label("a\ud800b"), loc="left")
    assert "a\ufffdb" in fa.save_figure(ax, "bars", folder=tmp_path)["txt"].read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["", "../up", "/abs", "a/b", "a\\b", "a.b", "a b", "nul\x00", "é", "x" * 101, "a\n"]
)
def test_a_name_that_could_leave_the_folder_is_refused(ax: Axes, tmp_path: Path, name: str) -> None:
    """X12"""
    with pytest.raises(MediaFramingError, match="is no name for figure files"):
        fa.save_figure(ax, name, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_the_figures_folder_is_used(
    ax: Axes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_FRAMING_FIGURES", str(tmp_path / "figures"))
    assert fa.save_figure(ax, "bars")["svg"] == tmp_path / "figures" / "bars.svg"


def test_a_folder_that_cannot_be_written_to_is_named_with_the_remedy(
    ax: Axes, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ValueError, match="MEDIA_FRAMING_FIGURES"):
        fa.save_figure(ax, "bars", folder=tmp_path / "file")


def test_anything_but_a_figure_or_a_table_is_a_type_error(ax: Axes, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="Figure or Axes, not str"):
        fa.save_figure("bars", "bars", folder=tmp_path)
    with pytest.raises(TypeError, match="DataFrame, not list"):
        fa.save_figure(ax, "bars", data=[1], folder=tmp_path)


def test_saving_changes_neither_settings_nor_size(ax: Axes, tmp_path: Path) -> None:
    before = dict(plt.rcParams), ax.figure.dpi, tuple(ax.figure.get_size_inches())
    fa.save_figure(ax, "bars", folder=tmp_path)
    assert (dict(plt.rcParams), ax.figure.dpi, tuple(ax.figure.get_size_inches())) == before

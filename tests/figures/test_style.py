from collections.abc import Iterator
from itertools import combinations, permutations

import matplotlib as mpl
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient

import analysis as fa
from analysis.figures import style
from analysis.tables.checks import category_labels

# Machado, Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of
# Color Vision Deficiency, severity 1.0, applied to linear RGB.
SIGHTS = {
    "typical": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# sRGB to XYZ, IEC 61966-2-1, and its white point D65.
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(color: str) -> np.ndarray:
    rgb = np.array(mpl.colors.to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    return float(linear(color) @ TO_XYZ[1])


def ratio(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(tint: str, alpha: float, ground: str) -> str:
    mixed = (1 - alpha) * np.array(mpl.colors.to_rgb(ground)) + alpha * np.array(
        mpl.colors.to_rgb(tint)
    )
    return mpl.colors.to_hex(mixed)


def lab(color: str, sight: str) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(np.array(SIGHTS[sight]) @ linear(color), 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(first: str, second: str) -> float:
    return min(float(np.linalg.norm(lab(first, s) - lab(second, s))) for s in SIGHTS)


@pytest.fixture(autouse=True)
def _fresh_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(style, "_GIVEN", {})
    yield
    fa.use_style()


ALL_COLORS = [*(s.color for s in style.FIXED.values()), *style.OTHER_COLORS]


@pytest.mark.parametrize("color", ALL_COLORS)
def test_every_color_stands_out_on_white_and_lightened_on_dark(color: str) -> None:
    assert ratio(color, "#FFFFFF") >= 3
    assert ratio(style.on_dark(color), "#111111") >= 4.5


@pytest.mark.parametrize("color", ALL_COLORS)
def test_text_stays_readable_on_the_tints_of_two_overlapping_hits(color: str) -> None:
    light = over(color, 0.16, over(color, 0.16, "#FFFFFF"))
    dark = over(style.on_dark(color), 0.25, over(style.on_dark(color), 0.25, "#111111"))
    assert ratio("#212121", light) >= 4.5
    assert ratio("#FFFFFF", dark) >= 4.5


def test_the_fixed_colors_differ_under_simulated_color_blindness() -> None:
    fixed = [s.color for s in style.FIXED.values()]
    assert min(distance(a, b) for a, b in combinations(fixed, 2)) > 25


def test_the_other_colors_differ_from_each_other_and_from_the_fixed_ones() -> None:
    assert min(distance(a, b) for a, b in combinations(ALL_COLORS, 2)) > 8


def test_the_four_frames_and_hedging_keep_their_colors() -> None:
    colors = {name: s.color for name, s in style.FIXED.items()}
    assert colors["security"] == "#D55E00"
    assert colors["sovereignty"] == "#332288"
    assert colors["welfare"] == "#009E73"
    assert colors["hedging"] == "#000000"


def test_markers_and_hatches_differ_wherever_colors_could_be_confused() -> None:
    styles = style.category_styles([*style.FIXED, *(f"mine {n}" for n in range(7))])
    assert len({s.marker for s in styles.values()}) == 12
    assert len({s.hatch for s in styles.values()}) == 12


def test_thirty_five_own_categories_all_look_different() -> None:
    styles = style.category_styles(f"mine {n}" for n in range(35))
    assert len({(s.color, s.marker) for s in styles.values()}) == 35


def test_the_style_of_a_category_does_not_depend_on_the_order_of_the_table() -> None:
    names = ["welfare", "zebra", "aid", "aid"]
    assert style.category_styles(names) == style.category_styles(reversed(names))


FRAMES = ["economy", "health", "morality"]


def test_three_frames_of_ones_own_can_be_told_apart_by_everybody() -> None:
    styles = list(style.category_styles(FRAMES).values())
    assert min(distance(a.color, b.color) for a, b in combinations(styles, 2)) > 25
    assert min(ratio(s.color, "#FFFFFF") for s in styles) >= 3
    assert len({s.marker for s in styles}) == len({s.hatch for s in styles}) == 3


@pytest.mark.parametrize("order", list(permutations(FRAMES)), ids=" ".join)
def test_a_category_keeps_its_style_whatever_is_drawn_with_it(order: tuple[str, ...]) -> None:
    styles = style.category_styles(FRAMES)
    for n in range(1, 4):
        some = style.category_styles([*order[:n], "security"])
        assert {name: some[name] for name in order[:n]} == {
            name: styles[name] for name in order[:n]
        }


def test_categories_that_come_later_take_colors_that_are_free_in_their_table() -> None:
    style.category_styles(FRAMES)
    styles = style.category_styles(["morality", "nature", "order", "police", "quality"])
    assert len({s.color for s in styles.values()}) == 5
    assert len({s.marker for s in styles.values()}) == 5
    assert not {styles[name] for name in ("nature", "order", "police", "quality")} & set(
        style.category_styles(FRAMES).values()
    )


def test_colors_of_ones_own_are_used_and_taken_back() -> None:
    before = style.category_styles([*FRAMES, "security"])
    fa.use_style(colors={"economy": "#8c510a", "security": "teal"})
    after = style.category_styles([*FRAMES, "security"])
    assert (after["economy"].color, after["security"].color) == ("#8C510A", "#008080")
    assert after["economy"].marker == before["economy"].marker
    assert after["health"] == before["health"]
    fa.use_style()
    assert style.category_styles([*FRAMES, "security"]) == before


@pytest.mark.parametrize(
    ("color", "sentence"),
    [("browm", "the color of 'economy' is 'browm'; give"), ("yellow", "contrast of 1.1 on white")],
)
def test_a_color_that_is_none_or_cannot_be_seen_is_refused(color: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        fa.use_style(colors={"economy": color})
    assert style.category_styles(["economy"])["economy"].color in style.OTHER_COLORS


def test_a_frame_of_ones_own_has_its_color_in_every_figure() -> None:
    texts = ["A tax on trade.", "Doctors and a tax.", "A sin."]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    lexicon = fa.lexicon_from_dict(
        "mine", {"economy": ["tax"], "health": ["doctor*"], "morality": ["sin"]}
    )
    hits = fa.find_hits(paragraphs, lexicon)
    scores = fa.score_documents(fa.score_paragraphs(paragraphs, hits, lexicon))
    points = fa.plot_documents(scores).get_lines()
    drawn = {str(line.get_label()): line.get_color() for line in points}
    [bar] = fa.plot_entries(fa.count_entries(hits[hits["category"] == "health"])).patches
    assert mpl.colors.to_hex(bar.get_facecolor()).upper() == drawn["health"]
    assert len(set(drawn.values())) == 3


def test_contrast_agrees_with_a_second_computation() -> None:
    for first, second in combinations(ALL_COLORS, 2):
        assert style.contrast(first, second) == pytest.approx(ratio(first, second), rel=1e-3)


def test_text_on_any_shade_of_a_color_map_has_enough_contrast() -> None:
    for color in ALL_COLORS:
        for share in np.linspace(0, 1, 21):
            shade = mpl.colors.to_hex(style.sequential_map(color)(share))
            assert ratio(style.text_color(shade), shade) >= 4.5


def test_use_style_sets_the_look_for_the_session() -> None:
    with mpl.rc_context():
        mpl.rcParams["text.parse_math"] = True
        fa.use_style()
        assert mpl.rcParams["text.parse_math"] is False
        assert mpl.rcParams["figure.facecolor"] == "white"


def test_a_category_that_two_lexica_share_is_named_with_its_lexicon() -> None:
    """L22"""
    table = pd.DataFrame(
        {
            "lexicon": ["mine@1+a", "mine@2+b", "framing@1+c", "framing@1+c"],
            "category": ["security", "security", "security", "welfare"],
        }
    )
    assert category_labels(table).tolist() == [
        "security (mine@1+a)",
        "security (mine@2+b)",
        "security (framing)",
        "welfare",
    ]


def test_labels_of_an_empty_table_are_empty() -> None:
    table = pd.DataFrame({"lexicon": [], "category": []}, dtype="str")
    assert category_labels(table).tolist() == []


def test_a_label_holds_nothing_that_a_font_or_an_svg_file_refuses() -> None:
    """X10"""
    assert style.plain_label("a\ud800b\x00c\n d\ufffe") == "a\ufffdb\ufffdc d\ufffd"


def test_long_labels_are_cut_in_the_middle_and_stay_different() -> None:
    labels = [f"the-same-long-beginning-{n}-the-same-long-end" for n in range(12)]
    short = style.shorten_labels(labels, width=20)
    assert len(set(short)) == 12
    assert all(len(label) < len(full) for label, full in zip(short, labels, strict=True))


def test_short_and_equal_labels_are_left_alone() -> None:
    assert style.shorten_labels(["one", "one", "two"]) == ["one", "one", "two"]


def test_in_a_notebook_a_figure_tells_its_alternative_text() -> None:
    notebook = nbformat.v4.new_notebook()
    source = (
        "import matplotlib.pyplot as plt\nimport analysis as fa\nfa.plain_messages()\n"
        "plt.bar([0, 1], [2, 5], label='rate')\nplt.xlabel('hits');"
    )
    notebook.cells = [nbformat.v4.new_code_cell(source)]
    client = NotebookClient(notebook, kernel_name="python3", timeout=120)
    client.config.KernelManager.transport_encryption = "auto"
    client.execute()
    told = [output["data"]["text/plain"] for output in notebook.cells[0]["outputs"]]
    assert told == ["Figure: hits. rate: from 2 to 5."]

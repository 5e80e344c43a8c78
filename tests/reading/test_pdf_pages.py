"""Pages of PDF files: columns, running heads, headings, and paragraphs by their places."""

import textwrap
from pathlib import Path

import pytest

import analysis as fa
from tests.reading.making import Placed, place_pdf

LEFT = (
    "Coastguards doubled their patrols on Tuesday after a boat with forty people reached the "
    "harbour. The interior minister said that the crossing posed a threat to national security."
)
RIGHT = (
    "Aid groups fear that families may be turned away before anyone hears them. The bill now goes "
    "to the upper house, where nobody wants to speak about it before the vote."
)
MIDDLE = (
    "Unions ask for higher pensions while prices rise and wages do not. Their leader spoke of a "
    "broken promise when she met the press at the gate of the works on Monday."
)
BODY = [*textwrap.wrap(LEFT, 80), *textwrap.wrap(RIGHT, 80)]


def read(path: Path) -> tuple[list[str], str]:
    documents, skipped = fa.read_documents(path, return_skipped=True)
    return fa.split_paragraphs(documents)["text"].tolist(), " ".join(skipped["reason"])


def rows(*columns: str, width: int, step: float, top: float = 700) -> list[Placed]:
    """Place columns line by line across the page, as many programs write them."""
    wrapped = [textwrap.wrap(column, width) for column in columns]
    return [
        (60 + step * number, top - 12 * line, 10, own[line])
        for line in range(max(map(len, wrapped)))
        for number, own in enumerate(wrapped)
        if line < len(own)
    ]


def down(lines: list[str], *, top: float = 700, size: float = 10, step: float = 12) -> list[Placed]:
    return [(60, top - step * number, size, line) for number, line in enumerate(lines)]


@pytest.mark.parametrize(
    ("columns", "width", "step"),
    [((LEFT, RIGHT), 36, 250), ((LEFT, MIDDLE, RIGHT), 24, 165), ((LEFT * 2, RIGHT), 40, 240)],
)
def test_columns_set_line_by_line_are_read_one_after_the_other(
    tmp_path: Path, columns: tuple[str, ...], width: int, step: float
) -> None:
    place_pdf([rows(*columns, width=width, step=step)], tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert " ".join(paragraphs) == " ".join(columns)
    assert "read across" not in notes


def test_a_headline_above_columns_and_a_line_below_stay_in_their_place(tmp_path: Path) -> None:
    headline = "Harbour patrols doubled while the bill is on its way to the upper house"
    below = "This report was written by two people who were both at the harbour on Tuesday."
    page = [
        (60, 740, 14, headline),
        *rows(LEFT, RIGHT, width=36, step=250),
        (60, 600, 10, below),
    ]
    place_pdf([page], tmp_path / "a.pdf")
    assert " ".join(read(tmp_path / "a.pdf")[0]) == f"{headline} {LEFT} {RIGHT} {below}"


def test_a_table_is_read_across_with_a_note(tmp_path: Path) -> None:
    cells = [("Town", "Patrols"), ("Orlo", "Forty"), ("Karst", "Twelve"), ("Pell", "Nine")]
    cells += [("Dace", "Three"), ("Lund", "Two")]
    page = [
        (60.0 + 200 * n, 700.0 - 12 * row, 10.0, cell)
        for row, own in enumerate(cells)
        for n, cell in enumerate(own)
    ]
    place_pdf([page], tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert "Orlo Forty" in " ".join(paragraphs)
    assert "read across on pages 1" in notes


def test_lines_of_one_column_are_not_parted(tmp_path: Path) -> None:
    place_pdf([down(BODY)], tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert " ".join(paragraphs) == f"{LEFT} {RIGHT}"
    assert notes.count("read across") == 0


def test_a_stop_at_the_end_of_a_line_ends_no_paragraph_of_a_narrow_column(tmp_path: Path) -> None:
    left = [
        "The boat reached the harbour on Monday.",
        "It held forty people, who were all well.",
        "They were brought to the town by bus.",
    ]
    right = [(310.0, 700.0 - 12 * n, 10.0, line) for n, line in enumerate(textwrap.wrap(RIGHT, 40))]
    place_pdf([[*down(left), *right]], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[0][0] == " ".join(left)


@pytest.mark.parametrize("text", ["BORDER TALKS RESUME", "Border talks resume at last"])
@pytest.mark.parametrize("step", [14, 17, 20])
def test_letters_of_a_heading_that_are_set_apart_are_words(
    tmp_path: Path, text: str, step: float
) -> None:
    letters = [
        (40.0 + step * n, 740.0, 14.0, letter) for n, letter in enumerate(text) if letter != " "
    ]
    place_pdf([[*letters, *down(BODY, top=650)]], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[0][0] == text


def test_letters_of_a_heading_with_typed_blanks_are_words(tmp_path: Path) -> None:
    place_pdf([[(60, 740, 14, "B O R D E R  T A L K S"), *down(BODY)]], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[0][0] == "BORDER TALKS"


def test_single_letters_in_a_sentence_stay_apart(tmp_path: Path) -> None:
    place_pdf([[(60, 700, 10, "A B C and D E are the six groups of a list.")]], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[0] == ["A B C and D E are the six groups of a list."]


def test_sentences_on_lines_far_apart_are_a_paragraph_each(tmp_path: Path) -> None:
    lines = [
        "Coastguards doubled their patrols.",
        "The minister spoke of a threat to security.",
        '"We will not lose control," she said.',
        "Aid groups protested.",
        "The vote is in June.",
    ]
    place_pdf([down(lines, step=18)], tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf")[0] == lines


def test_double_spaced_text_keeps_its_paragraphs(tmp_path: Path) -> None:
    place_pdf([down(BODY, step=24)], tmp_path / "a.pdf")
    assert " ".join(read(tmp_path / "a.pdf")[0]) == f"{LEFT} {RIGHT}"
    assert len(read(tmp_path / "a.pdf")[0]) < 3


def test_heads_and_feet_of_nexis_pages_are_left_out_and_named(tmp_path: Path) -> None:
    title = "Harbour patrols doubled after night crossing"
    pages = [
        [(250, 810, 8, "Page 1 of 2"), (60, 760, 16, title), *down(BODY)],
        [(250, 810, 8, "Page 2 of 2"), (60, 790, 8, title), *down(textwrap.wrap(MIDDLE, 80))],
    ]
    place_pdf(pages, tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert " ".join(paragraphs) == f"{title} {LEFT} {RIGHT} {MIDDLE}"
    assert "3 running heads" in notes
    assert "Page 1 of 2" in notes


@pytest.mark.parametrize(
    "foot",
    [
        "PressReader.com +1 604 278 4604 - ORIGINAL COPY",
        "PRINTED AND DISTRIBUTED BY PRESSREADER PressReader.com +1 604 278 4604",
        "COPYRIGHT AND PROTECTED BY APPLICABLE LAW",
        "ORIGINAL COPY - ORIGINAL COPY",
        "Page 1 of 1",
        "Seite 1 von 1",
        "Page 1 sur 1",
        "Pagina 1 van 1",
    ],
)
def test_what_a_service_prints_at_the_edge_of_its_only_page_is_left_out(
    tmp_path: Path, foot: str
) -> None:
    place_pdf([[*down(BODY), (60, 30, 7, foot)]], tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert " ".join(paragraphs) == f"{LEFT} {RIGHT}"
    assert foot in notes


def test_outlet_and_date_at_the_top_of_each_page_are_left_out(tmp_path: Path) -> None:
    pages = [
        [
            (60, 810, 8, "The Northgate Herald  14 May 2024"),
            *down(textwrap.wrap(text, 80)),
            (60, 30, 7, "Copyright 2024"),
        ]
        for text in (LEFT, RIGHT, MIDDLE)
    ]
    place_pdf(pages, tmp_path / "a.pdf")
    paragraphs, notes = read(tmp_path / "a.pdf")
    assert "Herald" not in " ".join(paragraphs)
    assert "Copyright" not in " ".join(paragraphs)
    assert "6 running heads" in notes


@pytest.mark.parametrize("last", ["She kept the original copy.", "It is on pressreader.com now."])
def test_a_last_line_that_speaks_of_a_copy_stays(tmp_path: Path, last: str) -> None:
    place_pdf([down([*BODY, last])], tmp_path / "a.pdf")
    assert last in " ".join(read(tmp_path / "a.pdf")[0])


def test_a_page_that_is_spoken_of_within_the_text_stays(tmp_path: Path) -> None:
    lines = [*BODY, "Page 2 of 3 was missing from the report.", *BODY]
    place_pdf([down(lines)], tmp_path / "a.pdf")
    assert "Page 2 of 3 was missing" in " ".join(read(tmp_path / "a.pdf")[0])

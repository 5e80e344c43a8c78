from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.output.answer import read_answer
from analysis.output.index_page import Report, describe_notebook, write_index


class Elements(HTMLParser):
    """Collects every element of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [held[attribute] for name, held in self.found if name == tag and attribute in held]


def markdown(*sources: str) -> dict[str, list[dict[str, object]]]:
    return {"cells": [{"cell_type": "markdown", "source": source} for source in sources]}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            ["# Which *frames*?\n\nIt **counts** `words`.\n\nMore."],
            ("Which frames?", "It counts words."),
        ),
        (["# One\nDirectly below."], ("One", "Directly below.")),
        (["# One", "Two\nlines, [linked](https://example.org)."], ("One", "Two lines, linked.")),
        (["No heading."], ("", "No heading.")),
        ([], ("", "")),
    ],
)
def test_a_notebook_is_described_by_its_first_heading_and_paragraph(
    sources: list[str], expected: tuple[str, str]
) -> None:
    assert describe_notebook(markdown(*sources)) == expected


def test_the_index_lists_every_report_with_its_status_and_links(tmp_path: Path) -> None:
    reports = [
        Report("01_one", "Which frames?", "About one article.", 2.51),
        Report("02_two", "Which hedges?", "", 1.0, error="code cell 3: KeyError: 'outlet'"),
    ]
    page = write_index(reports, tmp_path).read_text(encoding="utf-8")
    assert "Which frames?" in page
    assert "About one article." in page
    assert "ok in 2.5 s" in page
    assert "failed in 1.0 s" in page
    assert "1 stopped before its end" in page
    assert "code cell 3: KeyError: &#39;outlet&#39;" in page
    links = Elements(page).values("a", "href")
    assert {"01_one.html", "01_one.ipynb", "02_two.html", "02_two.ipynb"} <= set(links)


def test_everything_in_the_index_is_escaped(tmp_path: Path) -> None:
    reports = [Report('a"&b', "<script>alert(1)</script>", "<b>x</b>", 1.0, error="<i>y</i>")]
    page = write_index(reports, tmp_path, figures=['figures/<u>".png']).read_text(encoding="utf-8")
    elements = Elements(page)
    assert not {"script", "b", "i", "u"} & {tag for tag, _ in elements.found}
    assert "a%22%26b.html" in elements.values("a", "href")


def test_figures_stand_with_the_notebook_of_their_number(tmp_path: Path) -> None:
    reports = [Report("01_one", "First", "", 1.0), Report("02_two", "Second", "", 1.0)]
    files = ["figures/02_b.svg", "figures/02_b.csv", "figures/02_b.png", "figures/own.png"]
    page = write_index(reports, tmp_path, figures=files).read_text(encoding="utf-8")
    first, second, other = page.split("<article>")[1:]
    assert "figures/" not in first
    assert [file for file in files if file in second] == files[:3]
    assert second.index("02_b.png") < second.index("02_b.svg") < second.index("02_b.csv")
    assert "Other figures" in other
    assert "figures/own.png" in other


def test_every_image_of_the_index_has_a_text_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    reports = [Report("01_one", "First", "", 1.0)]
    page = write_index(reports, tmp_path, figures=["figures/01_frames_along.png"])
    assert Elements(page.read_text(encoding="utf-8")).values("img", "alt") == ["frames along"]


def test_what_the_notebook_of_the_question_found_opens_the_index(tmp_path: Path) -> None:
    found = read_answer("It <b>rises</b>.\n\nWarnings:\n- Few articles.\n- Copies: 3 <i>.")
    reports = [
        Report("03_compare", "Third", "", 1.0, answer=read_answer("Posts differ.\nSo it is.")),
        Report("05_words", "Fifth", "", 1.0),
        Report("06_dates", "Sixth", "", 1.0, answer=found),
        # What stands at the top already is not repeated.
        Report("07_topics", "Seventh", "", 1.0, answer=read_answer("It <b>rises</b>.\nOr so.")),
    ]
    page = write_index(reports, tmp_path).read_text(encoding="utf-8")
    top, third, fifth, sixth, seventh = page.split("<article>")[1:]
    assert "It &lt;b&gt;rises" in top
    assert "<li>Few articles.</li>" in top
    assert "<li><strong>Copies:</strong> 3 &lt;i&gt;.</li>" in top
    assert 'href="06_dates.html"' in top
    assert "<strong>Found:</strong> Posts differ." in third
    assert "So it is." not in page
    assert "Found" not in fifth + sixth
    assert "<strong>Found:</strong> Or so." in seventh
    # Without that notebook, the first that found anything.
    page = write_index(reports[:2], tmp_path).read_text(encoding="utf-8")
    assert "So it is." in page.split("<article>")[1]
    assert "What was found" not in write_index(reports[1:2], tmp_path).read_text("utf-8")


def test_a_text_without_warnings_is_all_sentences() -> None:
    assert read_answer("One.\n\nTwo.\n") == (["One.", "Two."], [], None)
    told = read_answer("a (9 %; p = .02; p < .001) per 1,000").sentences[0]
    assert told == "a (9\xa0%; p\xa0=\xa0.02; p\xa0<\xa0.001) per 1,000"
    assert read_answer("Warnings: none.").sentences == ["Warnings: none."]
    assert read_answer("One.\n\nWarnings:\n- A - b.\n").warnings == ["A - b."]


def test_the_index_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = write_index([Report("01_one", "First", "", 1.0)], tmp_path).read_text(encoding="utf-8")
    assert "http:" not in page
    assert "https:" not in page
    assert '<html lang="en">' in page
    assert "prefers-color-scheme: dark" in page

"""The date of a web page is the day that its article declares, and no other day on the page."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa

TEXT = (
    "<p>" + "The talks on the border resumed on Monday after a break, officials said. " * 8 + "</p>"
)
ARTICLE = f"<article><h1>Talks resume</h1>{TEXT}</article>"
PUBLISHED = '<meta property="article:published_time" content="2015-03-12T23:30:00-07:00">'
ADDRESS = '<link rel="canonical" href="https://herald.example/2014/01/05/talks">'


def days(folder: Path, pages: list[tuple[str, str]]) -> list[tuple[str | None, list[str]]]:
    """Return the date of each page and what is said of it; a process reads all of them."""
    for n, (head, body) in enumerate(pages):
        page = f"<html><head>{head}</head><body>{body}</body></html>"
        (folder / f"{n:03d}.html").write_text(page, encoding="utf-8")
    documents, skipped = fa.read_documents(folder, return_skipped=True)
    skipped = skipped[skipped["reason"].str.contains("date")]
    reasons = skipped.groupby(skipped["path"].map(lambda path: Path(path).stem))["reason"]
    said = {stem: own.tolist() for stem, own in reasons}
    found = documents.set_index("document_id")["date"].dt.strftime("%Y-%m-%d")
    return [
        (None if pd.isna(date) else date, said.get(stem, []))
        for stem, date in sorted(found.items())
    ]


def day(folder: Path, head: str, body: str) -> tuple[str | None, list[str]]:
    return days(folder, [(head, body)])[0]


def data(written: str) -> str:
    return f'<script type="application/ld+json">{written}</script>'


DECLARED = [
    (PUBLISHED, ARTICLE),
    (ADDRESS + PUBLISHED, ARTICLE),
    ('<meta name="dc.date" content="12. März 2015">', ARTICLE),
    (data('{"@type": "NewsArticle", "datePublished": "2015-03-12T10:00:00Z"}'), ARTICLE),
    (
        data(
            '{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"},'
            '{"@type": ["Article"], "datePublished": "2015-03-12"}]}'
        ),
        ARTICLE,
    ),
    (
        "",
        f"<article><h1>T</h1><p itemprop='datePublished'>12 mars 2015</p>{TEXT}</article>",
    ),
    (
        "",
        f"<article><h1>T</h1><time datetime='2015-03-12T10:00'>Thursday</time>{TEXT}</article>",
    ),
    (
        "",
        f"<article><h1>T</h1><time datetime='2015-03-12'>x</time>{TEXT}</article>"
        "<article><h2>Other</h2><time datetime='2014-01-05'>x</time></article>",
    ),
    # What is unclear gives way to what is clear.
    (
        '<meta name="date" content="12/03/2015">'
        + data('{"@type": "NewsArticle", "datePublished": "2015-03-12"}'),
        ARTICLE,
    ),
]


def test_a_declared_day_is_read_and_nothing_is_said(tmp_path: Path) -> None:
    assert days(tmp_path, DECLARED) == [("2015-03-12", [])] * len(DECLARED)


def test_years_before_1995_are_read(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="1958-03-12">'
    assert day(tmp_path, head, ARTICLE) == ("1958-03-12", [])


OTHERS = [
        f"<p>Printed on March 12, 2015</p>{ARTICLE}",
        f"<div class='print-date'>March 12, 2015</div>{ARTICLE}",
        f"{ARTICLE}<aside><article><time datetime='2015-03-12'>x</time></article></aside>",
        f"{ARTICLE}<div class='related'><span class='date'>2015-03-12</span> Other</div>",
        f"{ARTICLE}<article><h2>Other</h2><time datetime='2015-03-12'>x</time></article>",
        f"<article>{TEXT}<article><time datetime='2015-03-12'>x</time></article></article>",
        f"<article>{TEXT}</article><article><time datetime='2015-03-12'>x</time></article>",
        f"{ARTICLE}<footer>© 2015 <span class='date'>2015-03-12</span></footer>",
        f"{ARTICLE}<div class='certificate'><span class='date'>émis le 12 mars 2015</span></div>",
        f"<article><h1>T</h1><time class='updated' datetime='2015-03-12'>x</time>{TEXT}</article>",
        f"<article><h1>T</h1>{TEXT}<p>On 12 March 2015 the army left.</p></article>",
        data('[{"@type": "NewsArticle", "datePublished": "2015-03-12"},'
             '{"@type": "NewsArticle", "datePublished": "2014-01-05"}]') + ARTICLE,
        data('{"@type": [{}, []], "datePublished": 7}') + data("{{{") + ARTICLE,
        f"<meta property='article:modified_time' content='2015-03-12'>{ARTICLE}",
]  # fmt: skip


def test_no_other_day_on_a_page_is_taken_for_its_date(tmp_path: Path) -> None:
    assert days(tmp_path, [("", body) for body in OTHERS]) == [(None, [])] * len(OTHERS)


def test_a_line_that_may_tell_another_day_is_listed_where_nothing_else_is_known(
    tmp_path: Path,
) -> None:
    lines = [
        "Printed on March 12, 2015",
        "Updated March 12, 2015",
        "Stand: 12.03.2015",
        "03/04/2015",
    ]
    bodies = [f"<article><h1>T</h1><p class='date'>{line}</p>{TEXT}</article>" for line in lines]
    found = days(tmp_path, [("", body) for body in bodies])
    assert [date for date, _ in found] == [None] * len(lines)
    assert [line in reason for line, (_, [reason]) in zip(lines, found, strict=True)] == [True] * 4
    declared = [(PUBLISHED, body) for body in bodies]
    assert days(tmp_path, declared) == [("2015-03-12", [])] * len(lines)


NOTED = [
    (
        "",
        f"<article><h1>T</h1><p class='date'>Donnerstag, 12. März 2015</p>{TEXT}</article>",
        "from the line 'Donnerstag, 12. März 2015'",
    ),
    (
        "",
        f"<article><h1>T</h1><i></i><p class='byline'>Published on March 12, 2015</p>{TEXT}"
        "</article>",
        "from the line 'Published on March 12, 2015'",
    ),
    (
        "",
        f"<article><h1>T</h1><p class='meta'>First published: 12 March 2015 / 10:05 GMT</p>"
        f"{TEXT}</article>",
        "from the line 'First published: 12 March 2015 / 10:05 GMT'",
    ),
    (ADDRESS.replace("2014/01/05", "2015/03/12"), ARTICLE, "from its address"),
    (
        "",
        f"<article><h1>T</h1><time datetime='2015-03-12'>x</time>{TEXT}"
        "<time datetime='2016-03-12'>y</time></article>",
        "the first of 2 in the article",
    ),
]


def test_a_day_that_is_not_declared_is_read_with_a_note(tmp_path: Path) -> None:
    found = days(tmp_path, [(head, body) for head, body, _ in NOTED])
    assert [date for date, _ in found] == ["2015-03-12"] * len(NOTED)
    assert [
        reason
        for (*_, reason), (_, said) in zip(NOTED, found, strict=True)
        if reason not in " ".join(said)
    ] == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [("03/04/2015", "may be 2015-04-03 or 2015-03-04"), ("2015", "a year without a day")],
)
def test_a_declared_day_that_is_unclear_is_null_with_a_note(
    tmp_path: Path, written: str, reason: str
) -> None:
    found, reasons = day(tmp_path, f'{ADDRESS}<meta name="date" content="{written}">', ARTICLE)
    assert found is None
    assert reason in " ".join(reasons)

"""Web pages give their article whole, nothing beside it, and say what was not read."""

import json
import textwrap
import types
from collections.abc import Sequence

import pytest
from lxml import etree

import analysis as fa
from analysis.reading.parsed import text_of_parsed
from analysis.reading.parsing import html as pages
from analysis.reading.parsing.html import parse_html

LONG = [
    "Coastguards doubled their patrols on Tuesday after a boat with forty people came in. "
    "The council repeated the point for the record, and nobody in the room objected to it.",
    "The interior minister said the crossing posed a threat to national security that night. "
    "The mayor repeated the point for the record, and nobody in the hall objected to it.",
    "Aid groups fear that families may be turned away before anyone has even heard them out. "
    "The lawyers repeated the point for the record, and nobody in court objected to it.",
    "The bill now goes to the upper house, which is expected to vote on it early in June. "
    "The speaker repeated the point for the record, and nobody in the house objected to it.",
]
SHORT = "No comment."
MENU = "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
FOOT = "<footer><p>Copyright of the Herald, which keeps all rights to the words above.</p></footer>"


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = "") -> tuple[str, list[str], list[str]]:
    """Return the title of a page, its paragraphs without it, and the notes on it."""
    # In this process: to start another for each page would take a minute.
    page = parse_html(
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head>"
        f"<body>{body}</body></html>".encode()
    )
    [*rest] = fa.split_paragraphs(fa.documents_from_texts([text_of_parsed(page)]))["text"]
    title = page["fields"].get("title", rest[0])
    assert rest[0] == title
    return title, rest[1:], page["notes"]


def interleaved(texts: Sequence[str], between: str) -> list[str]:
    return [one for text in texts for one in (text, between)]


# What stands between and beside the paragraphs that are found


@pytest.mark.parametrize("around", ["div", "article", "main", "section", "td"])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_every_copy_of_a_short_paragraph_is_kept(around: str, tag: str) -> None:
    wanted = interleaved(LONG[:3], SHORT)
    inner = "".join(f"<{tag}>{text}</{tag}>" for text in wanted)
    body = f"<{around}><h1>Talks</h1>{inner}</{around}>"
    if around == "td":
        body = f"<table><tr>{body}</tr></table>"
    assert read(MENU + body + FOOT)[1] == wanted


@pytest.mark.parametrize("level", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("frame", ["{}", "<div class=head>{}</div>", "<hgroup>{}</hgroup>"])
def test_subheads_are_kept_from_the_first_on(level: int, frame: str) -> None:
    sections = [
        f"<section>{frame.format(f'<h{level}>Way number {n}</h{level}>')}"
        f"<div class=text>{p(text)}</div></section>"
        for n, text in enumerate(LONG)
    ]
    wanted = [one for n, text in enumerate(LONG) for one in (f"Way number {n}", text)]
    body = f"<h1>Four ways</h1>{''.join(sections)}"
    assert read(body) == ("Four ways", wanted, [])


def test_an_article_that_advertisements_split_is_read_whole() -> None:
    parts = [f"<div class=article-body>{p(text, SHORT)}</div>" for text in LONG]
    body = "<h1>Talks</h1>" + "<div class=ad-slot><span>Shop now</span></div>".join(parts)
    assert read(f"{MENU}<div class=wrap>{body}</div>{FOOT}")[1] == interleaved(LONG, SHORT)


def test_each_post_of_a_live_blog_is_kept() -> None:
    texts = [LONG[0], SHORT, LONG[1], "Talks end.", LONG[2]]
    posts = "".join(
        f"<div class=post id=b{n}><h3>Update {n}</h3>{p(text)}</div>"
        for n, text in enumerate(texts)
    )
    wanted = [one for n, text in enumerate(texts) for one in (f"Update {n}", text)]
    assert read(f"<main><h1>Live</h1><div>{posts}</div></main>")[1] == wanted


def test_articles_of_one_class_are_all_read() -> None:
    body = "".join(
        f"<article class=part><h2>Part {n}</h2>{p(text, SHORT)}</article>"
        for n, text in enumerate(LONG)
    )
    wanted = [one for n, text in enumerate(LONG) for one in (f"Part {n}", text, SHORT)]
    assert read(f"<main><h1>Talks</h1>{body}</main>")[1] == wanted


@pytest.mark.parametrize(
    ("inner", "texts"),
    [
        (
            "<table><tr><td>Left</td><td>34</td></tr><tr><td>Right</td><td>34</td></tr></table>",
            ["Left", "34", "Right", "34"],
        ),
        ("<dl><dt>Border</dt><dd>A line.</dd><dt>Aid</dt><dd>A line.</dd></dl>", None),
        ("<ul><li>One</li><li>Two <ol><li>a</li><li>b</li></ol></li></ul>", ["One", "Two", *"ab"]),
        ("<blockquote>Short quote.</blockquote>", ["Short quote."]),
        ("<blockquote><p>Quote.</p><p>Its source.</p></blockquote>", ["Quote.", "Its source."]),
        ("<figure><table><tr><td>Left</td></tr></table></figure>", ["Left"]),
        ("<p>Loose</p>text<p>here</p>", ["Loose", "text", "here"]),
        ("<details><summary>More</summary><p>Of it.</p></details>", ["More", "Of it."]),
    ],
)
def test_lists_tables_and_quotations_keep_each_of_their_parts(
    inner: str, texts: list[str] | None
) -> None:
    wanted = texts or ["Border", "A line.", "Aid", "A line."]
    body = f"<article><h1>Talks</h1>{p(LONG[0])}{inner}{p(LONG[1])}</article>"
    assert read(body)[1] == [LONG[0], *wanted, LONG[1]]


def test_words_that_marks_part_are_whole_and_blocks_are_apart() -> None:
    text = "If the army holds <i>secu</i>rity, <a href=/x>police</a> hold <b>welfare</b> there."
    body = f"<article><h1>Talks</h1>{p(LONG[0], text)}<div>One.<div>Two.</div></div>{p(LONG[1])}"
    assert read(body)[1][1:4] == [
        "If the army holds security, police hold welfare there.",
        "One.",
        "Two.",
    ]


# Line breaks


@pytest.mark.parametrize("frame", ["<p>{}</p>", "<div class=story>{}</div>", "{}"])
@pytest.mark.parametrize("end", ["<br>", "<br/>\n<br/>", "<br>&nbsp;<br>"])
def test_long_lines_are_paragraphs(frame: str, end: str) -> None:
    body = f"<article><h1>Talks</h1>{frame.format(end.join(LONG))}</article>"
    assert read(body)[1] == LONG


def test_short_lines_among_long_ones_are_paragraphs_too() -> None:
    texts = ["A subhead", LONG[0], SHORT, LONG[1]]
    assert read(f"<div><h1>Talks</h1>{'<br>'.join(texts)}</div>")[1] == texts


@pytest.mark.parametrize(
    "lines", [["The border is long", "and the night is short."], textwrap.wrap(LONG[0], 60)]
)
def test_lines_of_a_verse_or_of_one_width_stay_together(lines: list[str]) -> None:
    body = f"<article><h1>Talks</h1>{p(LONG[1], '<br>'.join(lines), LONG[2])}</article>"
    assert read(body)[1][1] == "\n".join(lines)


def test_blank_lines_part_a_text_that_is_set_as_it_is_typed() -> None:
    typed = "\n\n".join("\n".join(textwrap.wrap(text, 60)) for text in LONG)
    _, paragraphs, _ = read(f"<article><h1>Talks</h1><pre>{typed}</pre></article>")
    assert [text.replace("\n", " ") for text in paragraphs] == LONG


# What stands beside the article


@pytest.mark.parametrize(
    "beside",
    [
        "<aside>{}</aside>",
        "<div class='story related-articles'>{}</div>",
        "<section id=comments>{}</section>",
        "<ul class=comment-list><li>{}</li></ul>",
        "<form>{}</form>",
        "<div class=newsletter-signup>{}</div>",
        "<div id=cookie-consent>{}</div>",
        "<div role=navigation>{}</div>",
        "<figure><img><figcaption>{}</figcaption></figure>",
        "<p class=caption>Words of the caption.</p>",
    ],
)
def test_what_stands_beside_an_article_is_no_part_of_it(beside: str) -> None:
    other = beside.format("<p>Words of some other text.</p>")
    body = f"{MENU}<article><h1>Talks</h1>{p(*LONG[:2])}{other}{p(*LONG[2:])}</article>{FOOT}"
    assert read(body) == ("Talks", LONG, [])


def test_a_menu_in_a_cell_is_no_paragraph() -> None:
    menu = "<td><a href=/>Home</a><br><a href=/w>World</a></td>"
    body = f"<table><tr>{menu}<td><h1>Talks</h1>{p(*LONG)}</td>{menu}</tr></table>"
    assert read(body)[1] == LONG


@pytest.mark.parametrize("card", ["div class=css-7", "article", "li"])
def test_teasers_without_a_name_are_no_paragraphs(card: str) -> None:
    teasers = "".join(
        f"<{card}><a href=/a{n}><h3>Headline of another story, number {n}</h3></a>"
        f"<p>What happened in story {n} is told in a few words to make you read it.</p>"
        f"</{card.split()[0]}>"
        for n in range(12)
    )
    body = f"<div class=css-1><h1>Talks</h1>{p(*LONG)}</div><div class=css-2>{teasers}</div>"
    assert read(MENU + body + FOOT)[1:] == (LONG, [])


def test_an_element_that_holds_the_article_is_kept_whatever_its_name() -> None:
    body = f"<form class=has-sidebar><div id=comments><h1>Talks</h1>{p(*LONG)}</div></form>"
    assert read(body)[1] == LONG


# Headlines


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<article><h1>Boats doubled</h1>{p(*LONG)}</article>", "Boats doubled"),
        (f"<h1><a href=/>The Herald</a></h1><article><h1>Boats</h1>{p(*LONG)}</article>", "Boats"),
        (f"<header><h1>The Herald</h1></header><article><h2>Boats</h2>{p(*LONG)}</article>", "-"),
    ],
)
def test_a_page_has_one_headline(body: str, title: str) -> None:
    head = "<meta property=og:title content='{}'><meta property=og:site_name content='The Herald'>"
    given = "Boats" if title == "-" else "Minister doubles boats"
    wanted = "Boats" if title == "-" else title
    assert read(body, head.format(given)) == (wanted, LONG, [])


# What was not read


def test_a_note_tells_where_less_was_read_than_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    other = p(*(f"Line {n} of a story that was not found, told at some length." for n in range(12)))
    body = f"<div id=article-body>{p(*LONG[:2])}</div><div class=x1><h2>Other</h2>{other}</div>"
    page = types.SimpleNamespace(title=None, author=None, url=None, sitename=None)
    page.body = etree.fromstring(f"<body><p>{LONG[0]}</p></body>")
    monkeypatch.setattr(pages, "bare_extraction", lambda *_, **__: page)
    _, paragraphs, notes = read(body)
    assert paragraphs == LONG[1:2]
    assert notes[0].startswith("28% of the text that this page shows outside menus, teasers and")
    assert "(60 of 216 words)" in notes[0]


def test_ordinary_pages_have_no_note() -> None:
    comments = "".join(f"<div class=comment>{p(text)}</div>" for text in LONG * 4)
    body = f"{MENU}<article><h1>Talks</h1>{p(*LONG)}</article><section>{comments}</section>{FOOT}"
    assert read(body)[1:] == (LONG, [])


@pytest.mark.parametrize(
    "mark", ["hidden", "style='display: none'", "style='color:red;VISIBILITY:hidden'"]
)
def test_hidden_words_of_the_article_are_counted(mark: str) -> None:
    n_words = sum(len(text.split()) for text in LONG[2:])
    body = f"<article><h1>Talks</h1>{p(*LONG[:2])}<div {mark}>{p(*LONG[2:])}</div></article>"
    _, paragraphs, notes = read(body)
    assert paragraphs == LONG[:2]
    assert [note.split(" of the article")[0] for note in notes] == [f"{n_words} words"]


def test_hidden_menus_and_boxes_are_not_counted() -> None:
    box = f"<div hidden>{p(*LONG)}</div>"
    assert read(f"{box}<article><h1>Talks</h1>{p(*LONG)}</article>{box}")[1:] == (
        LONG,
        [],
    )


@pytest.mark.parametrize(
    "call",
    [
        "<div class=box><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div>",
        "<p>This article is for subscribers only.</p>",
        "<div><h2>Jetzt weiterlesen</h2><p>Sie haben bereits ein Abo? Anmelden</p></div>",
        "<p>Diesen Artikel weiterlesen mit unserem Angebot</p>",
        "<p>Il vous reste 73.5% de cet article à lire. La suite est réservée aux abonnés.</p>",
        "<aside class=paywall><p>Lees verder met een abonnement</p></aside>",
    ],
)
def test_a_page_that_ends_with_a_call_to_subscribe_is_told(call: str) -> None:
    body = f"{MENU}<main><article><h1>Talks</h1>{p(*LONG[:2])}</article>{call}</main>{FOOT}"
    notes = read(body)[2]
    assert any("so the article is probably cut" in note for note in notes)


@pytest.mark.parametrize(
    "body",
    [
        f"<header><p>Subscribe to read more</p></header><article>{p(*LONG)}</article>",
        f"<article>{p(LONG[0])}<p>Continue reading with the main story</p>{p(*LONG[1:])}</article>",
        f"<article>{p(*LONG)}</article><footer><p>Already a subscriber? Log in</p></footer>",
        f"<article>{p(*LONG)}<p>Readers subscribe to papers, and members sign up.</p></article>",
    ],
)
def test_calls_before_and_amid_the_text_are_no_end_of_it(body: str) -> None:
    notes = read(body, "<title>Talks</title>")[2]
    assert not any("cut" in note for note in notes)


@pytest.mark.parametrize("sign", ["&amp;#39;", "&amp;quot;", "&amp;amp;", "&amp;nbsp;"])
def test_signs_that_are_escaped_twice_are_told(sign: str) -> None:
    body = f"<article><h1>Talks</h1>{p(*LONG, f'The minister{sign}s staff left.')}</article>"
    [note] = read(body)[2]
    assert "escapes them twice" in note
    assert sign.replace("&amp;", "&", 1) in note


# Articles in the data of a page


def data_of(body: str) -> str:
    told = {"@type": "NewsArticle", "headline": "Talks", "articleBody": body}
    return f"<script type=application/ld+json>{json.dumps(told)}</script>"


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(LONG),
        "\r\n".join(LONG),
        p(*LONG),
        "<br><br>".join(LONG),
        "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(LONG) + "&lt;/p&gt;",
    ],
)
def test_a_text_in_the_data_of_a_page_keeps_its_paragraphs(body: str) -> None:
    title, paragraphs, notes = read("<div id=root></div>", data_of(body))
    assert (title, paragraphs) == ("Talks", LONG)
    assert any("taken from the data beside it" in note for note in notes)


def test_the_data_of_a_page_fill_up_what_it_shows_in_part() -> None:
    body = f"<article><h1>Talks</h1>{p(LONG[0], 'Subscribe to continue reading.')}</article>"
    _, paragraphs, notes = read(body, data_of("\n\n".join(LONG)))
    assert paragraphs == LONG
    assert any("all were taken from the data" in note for note in notes)


def test_the_data_of_another_article_are_not_taken() -> None:
    other = " ".join(f"Word{n} other{n} story{n}." for n in range(100))
    body = f"<article><h1>Talks</h1>{p(*LONG[:2])}</article>"
    assert read(body, data_of(other))[1] == LONG[:2]


def test_the_data_of_a_page_change_nothing_where_it_shows_all() -> None:
    wanted = ["A subhead", *LONG]
    body = f"<article><h1>Talks</h1><h2>A subhead</h2>{p(*LONG)}</article>"
    assert read(body, data_of(" ".join(LONG)))[1:] == (wanted, [])


# Hostile pages


@pytest.mark.parametrize("tag", ["div", "span", "article", "blockquote"])
def test_what_stands_too_deep_is_told(tag: str) -> None:
    body = f"<article><h1>Talks</h1>{p(*LONG)}</article>" + f"<{tag}>" * 5_000 + p("Deep.")
    _, paragraphs, notes = read(body)
    assert paragraphs[:4] == LONG
    assert any("stand too deep in others" in note for note in notes)

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.strings import clean_html

import analysis as fa
from analysis.errors import MediaFramingError, TableError
from analysis.figures.style import OTHER_COLORS
from analysis.output.highlighted import HighlightedText
from analysis.tables.checks import empty_table, make_table

FRAMING = "framing@1.0.0+aaaa"
LEXICON_OF = {"hedging": "hedging@1.0.0+bbbb", "boosters": "boosters@1.0.0+cccc"}


def paragraphs_of(*texts: str, document_id: str = "a", roles: tuple[str, ...] = ()) -> pd.DataFrame:
    rows, start = [], 0
    for number, text in enumerate(texts):
        rows.append(
            {
                "document_id": document_id,
                "paragraph": number,
                "role": roles[number] if roles else "body",
                "start": start,
                "end": start + len(text),
                "text": text,
                "n_tokens": len(text.split()),
                "n_sentences": 1,
                "page_in_file": None,
            }
        )
        start += len(text) + 2
    return make_table("paragraphs", pd.DataFrame(rows))


def hits_of(paragraphs: pd.DataFrame, *places: tuple[int, int, int, str], **more: Any) -> Any:
    """Make hits at (paragraph, start, end, category), counted in the paragraph's text."""
    rows = [
        {
            "document_id": paragraphs["document_id"][number],
            "paragraph": number,
            "sentence": 0,
            "start": paragraphs["start"][number] + start,
            "end": paragraphs["start"][number] + end,
            "surface": paragraphs["text"][number][start:end],
            "lexicon": LEXICON_OF.get(category, FRAMING),
            "category": category,
            "subcategory": None,
            "entry": f"entry {index}",
            "weight": 1.0,
            "voice": None,
            "speaker": None,
            "speaker_kind": None,
            "speaker_mention": None,
            "speaker_group": None,
            "voice_cue": None,
            "scare_quote": None,
            "certainty": None,
            "certainty_cue": None,
            "blocked_by": None,
            **more,
        }
        for index, (number, start, end, category) in enumerate(places)
    ]
    return make_table("hits", pd.DataFrame(rows)) if rows else empty_table("hits")


def show(paragraphs: pd.DataFrame, hits: pd.DataFrame, **options: Any) -> str:
    return fa.show_text(paragraphs, hits, document_id="a", **options).html


class Reader(HTMLParser):
    """Reads the page as a browser does: text, and which elements are open around it."""

    MARKS = ("mf-label", "mf-bracket", "mf-control-name")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[dict[str, str | None]] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.hits: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append({"tag": tag, **dict(attrs)})
        if self.open[-1].get("class") == "mf-words":
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()["tag"] == tag, "elements must close in the order they opened"

    def handle_data(self, data: str) -> None:
        classes = [element.get("class") or "" for element in self.open]
        if "mf-words" in classes and classes[-1] not in self.MARKS:
            self.words[-1] += data
            for element in self.open:
                if "mf-hit" in (element.get("class") or ""):
                    title = element["title"] or ""
                    self.hits[title] = self.hits.get(title, "") + data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def text_of(html: str) -> list[str]:
    return read(html).words


AWKWARD = st.text(
    st.one_of(
        st.sampled_from("<>&\"'$\u202e\u00ad\u2067\n\r\t\x00 a;"), st.characters(codec="utf-8")
    ),
    max_size=40,
)
CATEGORIES = st.sampled_from(["security", "welfare", "hedging", "boosters", "<b>", 'a"b'])


@given(text=AWKWARD, data=st.data())
def test_no_text_and_no_hit_is_lost_where_hits_overlap(text: str, data: st.DataObject) -> None:
    """X02"""
    places = []
    if text:
        starts = st.integers(0, len(text) - 1)
        for _ in range(data.draw(st.integers(0, 8))):
            start = data.draw(starts)
            end = data.draw(st.integers(start + 1, len(text)))
            places.append((1, start, end, data.draw(CATEGORIES)))
    paragraphs = paragraphs_of("A first paragraph.", text)
    hits = hits_of(paragraphs, *places)
    html = show(paragraphs, hits)
    page = read(html)
    # The parser drops nothing but, as HTML says, reads NUL as it stands.
    assert page.words == ["A first paragraph.", text]
    assert sorted(page.hits.values()) == sorted(hits["surface"])
    stripped = re.sub(
        r'<span class="mf-(label|bracket|control-name)">[^<]*</span>', "", html.split("mf-words")[2]
    )
    assert unescape(re.sub(r"<[^>]*>", "", "<" + stripped.partition("</div>")[0])) == text


def test_offsets_are_those_of_the_document_not_of_the_paragraph() -> None:
    paragraphs = paragraphs_of("A threat.", "Another threat.")
    hits = hits_of(paragraphs, (1, 8, 14, "security"))
    assert list(read(show(paragraphs, hits)).hits.values()) == ["threat"]


def test_markup_in_an_article_is_text() -> None:
    """X01, X03"""
    text = "<script>alert(1)</script> <svg> <b>threat</b> <img src=x onerror=y> --> </style>"
    paragraphs = paragraphs_of(text)
    html = show(paragraphs, hits_of(paragraphs, (0, 35, 41, "security")))
    page = read(html)
    assert page.tags == {"div", "span", "style"}
    assert page.words == [text]
    assert "threat" in page.hits.values()


def test_quotes_in_names_stay_within_their_attribute() -> None:
    """X05"""
    evil = '" onmouseover="alert(1)'
    paragraphs = paragraphs_of("A threat.", document_id=evil, roles=(evil,))
    hits = hits_of(
        paragraphs, (0, 2, 8, evil), entry=evil, subcategory=evil, speaker=evil, lexicon=evil
    )
    html = fa.show_text(paragraphs, hits, document_id=evil).html
    reader = read(html)
    assert reader.words == ["A threat."]
    assert "onmouseover" not in re.sub(r'"[^"]*"', "", html.partition("<style>")[0]).replace(
        "&quot; onmouseover", ""
    )
    assert list(reader.hits) == [f"{evil} › {evil}; entry: {evil}; speaker: {evil}"]


def test_the_tooltip_says_why_it_is_a_hit() -> None:
    paragraphs = paragraphs_of("A threat.")
    hits = hits_of(
        paragraphs,
        (0, 2, 8, "security"),
        subcategory="military",
        entry="threat*",
        voice="quote",
        speaker="a “minister”",
        certainty="hedged",
    )
    assert list(read(show(paragraphs, hits)).hits) == [
        "security › military; entry: threat*; voice: quote; speaker: a “minister”; "
        "certainty: hedged"
    ]


def test_hits_are_labelled_in_the_text_itself() -> None:
    paragraphs = paragraphs_of("A threat may come.")
    html = show(paragraphs, hits_of(paragraphs, (0, 2, 8, "security"), (0, 9, 12, "hedging")))
    assert re.findall(r'class="mf-label">([^<]*)<', html.partition("mf-words")[2]) == ["sec", "hed"]


def test_a_color_of_ones_own_shows_in_the_text_too() -> None:
    paragraphs = paragraphs_of("one two")
    hits = hits_of(paragraphs, (0, 0, 1, "economy"), (0, 1, 2, "security"))
    fa.use_style(colors={"economy": "#8c510a", "security": "purple"})
    try:
        html = show(paragraphs, hits)
    finally:
        fa.use_style()
    assert re.findall(r'class="(mf-hit [^"]*)" title', html) == [
        "mf-hit mf-chosen-8C510A",
        "mf-hit mf-chosen-800080",
    ]
    assert "\n.mf-text .mf-chosen-8C510A { --mf-line: #8C510A;" in html


def test_labels_of_categories_that_begin_alike_differ() -> None:
    paragraphs = paragraphs_of("one two three four")
    names = ["state", "statehood", "status", "aid"]
    hits = hits_of(paragraphs, *((0, n, n + 1, name) for n, name in enumerate(names)))
    labels = re.findall(r'class="mf-label">([^<]*)<', show(paragraphs, hits).partition("words")[2])
    assert labels == ["state", "stateh", "statu", "aid"]


def test_hedges_and_boosters_are_underlined_and_frames_highlighted() -> None:
    paragraphs = paragraphs_of("one two three four")
    names = ["security", "hedging", "boosters", "migration"]
    hits = hits_of(paragraphs, *((0, n, n + 1, name) for n, name in enumerate(names)))
    classes = re.findall(r'class="(mf-hit [^"]*)" title', show(paragraphs, hits))
    own = fa.category_styles(names)["migration"].color
    assert classes == [
        "mf-hit mf-security",
        "mf-hit mf-hedging mf-underline-dotted",
        "mf-hit mf-boosters mf-underline-double",
        f"mf-hit mf-other-{OTHER_COLORS.index(own)}",
    ]


def test_overlapping_hits_have_lines_at_different_heights() -> None:
    paragraphs = paragraphs_of("national security council")
    hits = hits_of(paragraphs, (0, 0, 25, "security"), (0, 9, 17, "welfare"))
    html = show(paragraphs, hits)
    assert 'class="mf-hit mf-welfare mf-level-1"' in html
    assert sorted(read(html).hits.values()) == ["national security council", "security"]


def test_the_legend_counts_the_hits_of_this_article() -> None:
    paragraphs = pd.concat(
        [paragraphs_of("A threat."), paragraphs_of("Some aid.", document_id="b")],
        ignore_index=True,
    )
    one = hits_of(paragraphs_of("A threat."), (0, 2, 8, "security"), (0, 0, 1, "security"))
    other = hits_of(paragraphs_of("Some aid.", document_id="b"), (0, 5, 8, "welfare"))
    html = show(paragraphs, pd.concat([one, other]))
    legend = html.partition("mf-paragraph")[0]
    assert re.findall(r"</span> (\d+)</span>", legend) == ["2", "0"]


def test_only_the_categories_asked_for_are_shown() -> None:
    paragraphs = paragraphs_of("A threat may come.")
    hits = hits_of(paragraphs, (0, 2, 8, "security"), (0, 9, 12, "hedging"))
    html = show(paragraphs, hits, categories=["hedging", "<unseen>"])
    assert list(read(html).hits.values()) == ["may"]
    assert "&lt;unseen&gt; 0" in html
    with pytest.raises(TypeError, match="not one str"):
        show(paragraphs, hits, categories="hedging")


def test_blocked_hits_are_shown_on_request_with_what_blocked_them() -> None:
    paragraphs = paragraphs_of("social security")
    hits = hits_of(paragraphs, (0, 7, 15, "security"), blocked_by="social security")
    assert read(show(paragraphs, hits)).hits == {}
    shown = fa.show_text(paragraphs, hits, document_id="a", show_blocked=True)
    assert shown.n_hits == 0
    assert "mf-blocked" in shown.html
    assert "not sec: social security" in shown.html
    assert list(read(shown.html).hits) == [
        "security; entry: entry 0; not counted, excluded by: social security"
    ]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "RLO"),
        ("\u2066", "LRI"),
        ("\u00ad", "SHY"),
        ("\u200b", "ZWSP"),
        ("\ufeff", "BOM"),
        ("\x07", "U+0007"),
        ("\u2028", "U+2028"),
    ],
)
def test_an_invisible_character_is_shown_by_name_and_kept(character: str, name: str) -> None:
    """M32"""
    text = f"bor{character}der"
    paragraphs = paragraphs_of(text)
    html = show(paragraphs, hits_of(paragraphs, (0, 0, 7, "security")))
    assert re.search(rf'class="mf-control-name">[\u202c\u2069]?\[{re.escape(name)}\]<', html)
    assert text_of(html) == [text]
    assert "unicode-bidi: isolate" in html


def test_characters_that_reorder_text_are_undone_after_their_mark() -> None:
    """M32: also where a viewer strips the CSS that isolates them."""
    html = show(paragraphs_of("\u202eredrob \u2067x"), empty_table("hits"))
    assert html.count("\u202e") == html.count("\u202c")
    assert html.count("\u2067") == html.count("\u2069")


def test_a_lone_surrogate_which_no_file_can_hold_is_refused() -> None:
    """X10"""
    paragraphs = paragraphs_of("a b c").astype({"text": object})
    paragraphs.loc[0, "text"] = "a \ud800 c"
    with pytest.raises(TableError, match="holds half a surrogate pair; correct"):
        show(paragraphs, empty_table("hits"))


def test_html_has_no_inline_style_no_mark_no_id_and_no_address() -> None:
    """X04"""
    paragraphs = paragraphs_of("A threat \u202e may come.")
    html = show(paragraphs, hits_of(paragraphs, (0, 2, 8, "security"), (0, 0, 8, "hedging")))
    assert not re.search(r"""style=|<mark|\bid=|https?:|url\(|@import|<sup|<p\b""", html)


def test_hits_survive_sanitising_with_label_and_brackets() -> None:
    """X04"""
    paragraphs = paragraphs_of("The national security council may meet.")
    hits = hits_of(
        paragraphs, (0, 4, 29, "security"), (0, 13, 21, "welfare"), (0, 30, 33, "hedging")
    )
    cleaned = clean_html(show(paragraphs, hits))
    assert 'class="mf-hit mf-security"' in cleaned
    assert "--jp-" not in cleaned
    text = unescape(re.sub(r"<[^>]*>", "", cleaned))
    assert "The [national [security](wel) council](sec) [may](hed) meet." in text
    assert "[security](sec) 1" in text


def test_dollar_signs_are_kept_from_the_formula_renderer() -> None:
    html = show(paragraphs_of("costs $5 to $10"), empty_table("hits"))
    assert html.startswith('<div class="mf-text tex2jax_ignore mathjax_ignore">')


def test_every_class_used_has_a_rule_for_both_themes() -> None:
    html = show(paragraphs_of("a"), empty_table("hits"))
    for name in ["mf-security", "mf-sovereignty", "mf-welfare", "mf-hedging", "mf-boosters"]:
        assert f"\n.mf-text .{name} {{ --mf-line: #" in html
        assert f'[data-jp-theme-light="false"] .mf-text .{name} {{ --mf-line: #' in html


def test_roles_and_numbers_of_paragraphs_are_shown() -> None:
    html = show(paragraphs_of("Title", "Text", roles=("headline", "lead")), empty_table("hits"))
    assert re.findall(r'mf-role-(\w+)"><span class="mf-number">(\d+)<', html) == [
        ("headline", "0"),
        ("lead", "1"),
    ]


def test_the_same_tables_give_the_same_html_in_any_order() -> None:
    paragraphs = paragraphs_of("A threat may come.", "Some aid.")
    hits = hits_of(paragraphs, (0, 2, 8, "zebra"), (0, 2, 8, "aid"), (1, 5, 8, "security"))
    shuffled = hits.sample(frac=1, random_state=3)
    assert show(paragraphs.iloc[::-1], shuffled) == show(paragraphs, hits)


def test_two_lexica_with_a_category_of_the_same_name_are_kept_apart() -> None:
    """L22"""
    paragraphs = paragraphs_of("A threat.")
    one = hits_of(paragraphs, (0, 2, 8, "security"))
    hits = pd.concat([one, one.assign(lexicon="mine@1+x")])
    assert {title.partition(";")[0] for title in read(show(paragraphs, hits)).hits} == {
        "security (framing)",
        "security (mine)",
    }


def test_a_plain_description_stands_in_where_no_html_is_shown() -> None:
    paragraphs = paragraphs_of("A threat.")
    shown = fa.show_text(paragraphs, hits_of(paragraphs, (0, 2, 8, "security")), document_id="a")
    assert isinstance(shown, HighlightedText)
    assert repr(shown) == "HighlightedText('a', 1 paragraphs, 1 hits)"
    assert shown._repr_html_() == shown.html


def test_an_unknown_document_is_refused_with_some_that_exist() -> None:
    with pytest.raises(TableError, match="no document 'b'; it has 'a'"):
        fa.show_text(paragraphs_of("A threat."), empty_table("hits"), document_id="b")


def test_hits_of_other_paragraphs_are_refused() -> None:
    hits = hits_of(paragraphs_of("A threat."), (0, 2, 8, "security"))
    with pytest.raises(TableError, match=r"'threat' at 2 to 8 .* is not in paragraph 0"):
        show(paragraphs_of("Some aid for all."), hits)


def test_a_table_of_another_kind_is_refused() -> None:
    with pytest.raises(TableError, match="paragraphs table has no column"):
        show(empty_table("hits"), empty_table("hits"))
    with pytest.raises(TypeError, match="DataFrame, not list"):
        show(paragraphs_of("a"), [])  # type: ignore[arg-type]


def test_tables_are_left_as_they_were() -> None:
    paragraphs = paragraphs_of("A threat.")
    hits = hits_of(paragraphs, (0, 2, 8, "security"))
    before = paragraphs.copy(deep=True), hits.copy(deep=True)
    show(paragraphs, hits)
    pd.testing.assert_frame_equal(paragraphs, before[0])
    pd.testing.assert_frame_equal(hits, before[1])


def test_thirty_thousand_hits_in_one_paragraph_are_all_shown() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["border " * 30_000], ["a"]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["border"]}))
    html = fa.show_text(paragraphs, hits, document_id="a").html
    assert html.count("mf-label") >= 30_000


def test_a_carriage_return_is_written_so_that_no_browser_turns_it_into_another() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A\r\nthreat.\r\n\r\nMore."], ["a"]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"k": ["threat*"]}))
    assert "A&#13;\n" in fa.show_text(paragraphs, hits, document_id="a").html


def test_a_cue_at_the_end_that_attributes_nothing_is_no_error() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["Ana Rell refused\n\nSo."]))
    attributions = fa.find_attributions(paragraphs)
    assert attributions["cue"].tolist() == ["refused"]
    assert (attributions["content_start"] == attributions["content_end"]).all()
    hits = fa.find_hits(paragraphs, fa.load_lexicon("framing"))
    page = fa.show_text(paragraphs, hits, document_id="text_0001", attributions=attributions)
    assert "mf-said" not in page.html.split("</style>")[-1]


def test_an_index_of_the_users_is_not_replaced_by_that_of_the_pages(tmp_path: Path) -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(["A threat."]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("demo", {"threat": ["threat"]}))
    fa.save_texts(paragraphs, hits, tmp_path)
    fa.save_texts(paragraphs, hits, tmp_path)
    (tmp_path / "index.csv").write_text("my,own\n")
    with pytest.raises(MediaFramingError, match="is yours and would be lost"):
        fa.save_texts(paragraphs, hits, tmp_path)
    assert (tmp_path / "index.csv").read_text() == "my,own\n"

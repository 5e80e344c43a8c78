"""Paragraphs, their roles, and sentences."""

import re
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.errors import TableError
from analysis.languages.language import load_language
from analysis.tables.checks import check_table
from analysis.tables.core import TABLES
from analysis.text import sentences as sentences_module
from analysis.text.segmentation import first_line_title
from analysis.text.sentences import sentence_spans
from tests.growth import growth


def documents(*texts: str, **columns: object) -> pd.DataFrame:
    ids = [f"d{number}" for number in range(len(texts))]
    return pd.DataFrame({"document_id": ids, "text": list(texts), **columns})


def paragraph_texts(text: str) -> list[str]:
    return fa.split_paragraphs(documents(text))["text"].tolist()


def roles(text: str, title: str | None = None) -> list[str]:
    return fa.split_paragraphs(documents(text, title=[title]))["role"].tolist()


# "|" stands behind each sentence that another one follows.
SENTENCES = [
    "The ministers met.| They signed nothing.",
    "Was it legal?| Nobody knew.",
    "Stop the convoy!| The driver braked.",
    "Mr. Marr declined.| Mrs. Orlo agreed with Ms. Tan.",
    "Dr. Halven and Prof. Ilves spoke.| Gen. Marr did not.",
    "Lt. Gen. Ivo Marr, Col. Pell and Sgt. Dace were there.",
    "Sen. Orr, Rep. Lund and Gov. Tate voted no.| Hon. Ada Bly abstained.",
    "The Rev. Paul Dix and St. Anne's school hosted it.",
    "J. R. Halven resigned.| George W. Bush did not.",
    "The order was signed by E. Marlowe.| It took effect at once.",
    "J.R. Halven and D.J. Tan resigned.",
    "The U.S. Senate met U.N. envoys and E.U. officials.",
    "He flew to the U.S. on Monday.| She stayed.",
    "He flew home to the U.S.| The visit was over.",
    "They left the U.N.| But nobody noticed.",
    "It was made in the U.S.A.| He bought two.",
    "Talks began at 9 a.m. Monday and ended at 7 p.m. Eastern time.",
    "Talks ended at 11 p.m.| Police closed the road.",
    "Polls open at 6 a.m. on Sunday.",
    "She holds a Ph.D. in law, i.e. she is a doctor.",
    "Some goods, e.g. Dutch cheese, were banned.",
    "Growth was 3.5 percent.| Prices rose 0.2 percent.",
    "It cost $1.5 million, or .75 million pounds.",
    "See No. 5 and nos. 6 to 8.| No. 10 refused.",
    "Did he agree?| No.| The answer came late.",
    "The answer was no.| I asked again.",
    "Was it so?| No.| I was there.",
    "Article I, Art. IV and Sec. 2 apply.",
    "On Jan. 5 and Sept. 11, 2001, the road was shut.",
    "The road opened in Nov. 2019.| It closed in Dec.| The bridge held.",
    "The case of Orr vs. Lund and of Roe v. Wade was cited.",
    "He works for Acme Inc. and for Ford Motor Co. in Ohio.",
    "He works for Acme Inc.| The firm pays well.",
    "Acme Corp. Chairman Ada Bly and Lund Ltd. Director Tan met.",
    "John Lund Jr. spoke.| Ada Bly Sr. did not.",
    "They sell nuts, bolts, etc. in bulk.",
    "They sell nuts, bolts, etc.| Nobody buys them.",
    "HELENA, Mont. - The governor spoke.",
    "TRENTON, N.J. (AP) - The governor spoke.",
    "She moved to Reno, Nev.| He stayed.",
    '"We will stay."| "They will go."',
    '"We will stay," he said.| "They will go."',
    'He said: "We will stay."| Then he left.',
    "\u201cWe will stay.\u201d| \u201cThey will go.\u201d",
    "'We will stay.'| They left.",
    "(It was raining.)| They left.",
    "He spoke (it was raining.) and left.",
    '"Why?" he asked.| Nobody spoke.',
    '"Why?" Marr asked.| Nobody spoke.',
    '"Never!" President Orr said.| Nobody spoke.',
    '"Who pays?"| The minister did not say.',
    '"Who pays?"| They said nothing.',
    '"Get out!" she cried, and he did.',
    "Is this (really?) so?| It is.",
    "He waited... and waited.",
    "He waited \u2026 and left.",
    "He waited...| Then he left.",
    "He waited\u2026| Then he left.",
    "He waited. . . .| Nothing came",
    '"I could\u2026" Bly said.| She stopped.',
    "What?!| Nobody knew?!?| Right.",
    "The treaty lapsed.[12]| A new one came.[3][4]| It held.",
    "The treaty\nlapsed.| A new\r\none came.",
    "He won.\xa0| She lost.",
    "1. The first point stands.| 2. The second falls.",
    "In 2019.| The year was dry.",
    "iPhones sold well.| iPads did not.| eBay gained.",
    "It was an attack.| al-Qaeda claimed it.",
    "He lives in the U.S.\u2014or did.",
    "Visit example.org for more.| The site is free.",
    "\u2022 Bread is dear.| \u2022 Milk is cheap.",
    "It ended.| - It began again.",
    "He came, saw .| The rest is known .",
    'The "U.S." position held.',
    "Five remain.| 12 left.| $3 was paid.",
    "GEN. MARR SPOKE.| THE CROWD LEFT.",
    "He called it \u201cnative-born.\u201d|\u201cYour facts are wrong,\u201d she wrote.",
    "\u4ed6\u6765\u4e86\u3002|\u5979\u8d70\u4e86\uff01|\u4e3a\u4ec0\u4e48\uff1f",
    "\u300c\u6765\u305f\u3002\u300d|\u5f7c\u306f\u8a00\u3063\u305f\u3002",
    "\u0935\u0939 \u0906\u092f\u093e\u0964| \u0935\u0939 \u0917\u092f\u093e\u0964",
    "\u0645\u0627 \u0647\u0630\u0627\u061f| \u0647\u0630\u0627 \u0628\u064a\u062a.",
    "\u041e\u043d \u043d\u0435\u0442.| \u041e\u043d\u0430 \u0443\u0448\u043b\u0430.",
    "no capitals here. still one sentence",
    "...and so it went.",
    "!!!",
]


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in sentence_spans(text)] == [s.strip() for s in case.split("|")]


# Letters, stops, marks that open and close, spaces and breaks of every kind, invisible ones.
NASTY = "aB1.!?\u2026,:\"'\u201c\u201d()[]#-\u2014\u3002\u0964\u061f"
SPACES = " \t\n\r\x0b\x0c\x1c\x85\xa0\u2003\u2028\u2029\u200b\ufeff"
nasty_texts = st.lists(
    st.sampled_from([*NASTY, *SPACES, "U.S.", "Mr. ", "The ", "A. ", "\r\n", "\n\n", "# "])
).map("".join)


@given(nasty_texts)
def test_sentences_cover_every_visible_character_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(covered))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@given(st.lists(nasty_texts, max_size=3))
def test_offsets_lead_back_to_the_text_of_the_document(texts: list[str]) -> None:
    table = documents(*texts)
    paragraphs, whole = fa.split_paragraphs(table), dict(table.itertuples(index=False))
    check_table(paragraphs, "paragraphs")
    covered = {document_id: set[int]() for document_id in whole}
    for row in paragraphs.itertuples():
        assert whole[row.document_id][row.start : row.end] == row.text == row.text.strip() != ""
        assert row.n_sentences >= 1
        place = set(range(row.start, row.end))
        assert covered[row.document_id].isdisjoint(place)
        covered[row.document_id] |= place
    for document_id, text in whole.items():
        left = {c for place, c in enumerate(text) if place not in covered[document_id]}
        assert all(c.isspace() or c in "\u200b\ufeff" for c in left)
    assert not paragraphs.duplicated(["document_id", "paragraph"]).any()
    starts = paragraphs.groupby("document_id")["start"]
    assert all(group.is_monotonic_increasing for _, group in starts)


@given(nasty_texts)
def test_the_tables_agree_on_the_number_of_sentences(text: str) -> None:
    paragraphs = fa.split_paragraphs(documents(text))
    sentences = fa.split_sentences(paragraphs)
    check_table(sentences, "sentences")
    assert len(sentences) == paragraphs["n_sentences"].sum()
    for row in sentences.itertuples():
        paragraph = paragraphs.iloc[row.paragraph]
        assert paragraph["start"] <= row.start < row.end <= paragraph["end"]


def test_blank_lines_end_paragraphs_and_single_breaks_do_not() -> None:
    assert paragraph_texts("one\ntwo\n\nthree") == ["one\ntwo", "three"]


def test_lines_of_white_space_or_zero_width_characters_are_blank() -> None:
    assert paragraph_texts("one\n \t\xa0\ntwo\n\u200b\ufeff\nthree") == ["one", "two", "three"]


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert paragraph_texts("one\ntwo\nthree") == ["one", "two", "three"]


def test_blank_lines_around_the_text_do_not_count() -> None:
    assert paragraph_texts("\n\n one\ntwo \n\n") == ["one", "two"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_every_kind_of_line_break_is_one(end: str) -> None:
    assert paragraph_texts(f"one{end}two") == ["one", "two"]
    assert paragraph_texts(f"one{end}two{end}{end}three") == [f"one{end}two", "three"]


def test_a_windows_line_break_is_no_blank_line() -> None:
    assert paragraph_texts("one\r\ntwo\r\n\r\nthree\r\nfour") == ["one\r\ntwo", "three\r\nfour"]


def test_the_paragraph_separator_ends_a_paragraph() -> None:
    assert paragraph_texts("one\u2029two\nthree") == ["one", "two\nthree"]


def test_offsets_count_code_points_of_the_document() -> None:
    table = fa.split_paragraphs(documents("\U0001f600 one\r\n\r\n\xa0 two \xa0"))
    assert table[["start", "end", "text"]].values.tolist() == [
        [0, 5, "\U0001f600 one"],
        [11, 14, "two"],
    ]


def test_a_document_without_words_has_no_rows_and_the_table_keeps_its_columns() -> None:
    """S09"""
    for table in (documents(), documents("", " \n\u200b\n ")):
        paragraphs = fa.split_paragraphs(table.astype({"document_id": "str", "text": "str"}))
        check_table(paragraphs, "paragraphs")
        check_table(fa.split_sentences(paragraphs), "sentences")
        assert len(paragraphs) == len(fa.split_sentences(paragraphs)) == 0
        assert list(paragraphs.columns) == list(TABLES["paragraphs"].columns)


def test_outlet_date_and_columns_of_the_user_are_carried() -> None:
    date = pd.to_datetime(["2026-01-02", "2026-01-03"])
    table = documents("one\n\ntwo", "three", outlet=["A", "B"], date=date, wave=[1, 2])
    table.index = [7, 7]
    paragraphs = fa.split_paragraphs(table)
    assert paragraphs["outlet"].tolist() == ["A", "A", "B"]
    assert paragraphs["wave"].tolist() == [1, 1, 2]
    assert paragraphs["wave"].dtype == table["wave"].dtype
    assert paragraphs["date"].tolist() == [date[0], date[0], date[1]]


def test_the_given_tables_are_not_changed() -> None:
    table = documents("Talks resume\n\nEnvoys met. They left.", title=["Talks resume"])
    before = table.copy(deep=True)
    paragraphs = fa.split_paragraphs(table)
    pd.testing.assert_frame_equal(table, before)
    before = paragraphs.copy(deep=True)
    fa.split_sentences(paragraphs)
    pd.testing.assert_frame_equal(paragraphs, before)


def test_a_document_is_cut_the_same_whatever_stands_beside_it() -> None:
    """S01"""
    alone = fa.split_paragraphs(documents("Mr. Orr left.\nHe won."))
    beside = fa.split_paragraphs(documents("Mr. Orr left.\nHe won.", "one\n\ntwo"))
    pd.testing.assert_frame_equal(alone, beside[beside["document_id"] == "d0"])


def test_sentences_of_some_paragraphs_are_those_of_all() -> None:
    paragraphs = fa.split_paragraphs(documents("One. Two.\n\nThree. Four."))
    all_sentences = fa.split_sentences(paragraphs)
    some = fa.split_sentences(paragraphs[paragraphs["paragraph"] == 1])
    kept = all_sentences[all_sentences["paragraph"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, kept)


@pytest.mark.parametrize("wrong", ["one text", ["one text"]])
def test_texts_instead_of_a_table_are_a_type_error_that_names_the_remedy(wrong: object) -> None:
    """S13"""
    with pytest.raises(TypeError, match="documents_from_texts"):
        fa.split_paragraphs(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="DataFrame"):
        fa.split_sentences(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"text": ["one"]}), "no column 'document_id'"),
        (pd.DataFrame({"document_id": ["a"]}), "no column 'text'"),
        (
            pd.DataFrame({"document_id": ["a", "a"], "text": ["x", "y"]}),
            "repeats the key",
        ),
        (pd.DataFrame({"document_id": ["a", None], "text": ["x", "y"]}), "null in row 1"),
        (pd.DataFrame({"document_id": ["a", "b"], "text": ["x", None]}), "row 1"),
        (pd.DataFrame({"document_id": ["a"], "text": [5]}), "'text' .* expected str"),
        (pd.DataFrame({"document_id": ["a"], "text": ["x"], "role": ["y"]}), "'role'.*rename"),
    ],
)
def test_a_table_that_cannot_be_cut_is_refused_in_one_sentence(
    table: pd.DataFrame, message: str
) -> None:
    with pytest.raises(TableError, match=message) as caught:
        fa.split_paragraphs(table)
    assert "\n" not in str(caught.value)


ARTICLE = "Envoys of both states met in Orlo on Monday to talk about the border."


@pytest.mark.parametrize(
    "line",
    [
        "Border talks resume",
        "Talks Resume at the Border.",
        "Are the talks over?",
        "U.S. Envoys Return to Orlo as \u2018Talks Resume.\u2019",
        "# Border talks resume",
        "Talks resume; ",
    ],
)
def test_a_line_set_off_at_the_top_is_the_headline(line: str) -> None:
    text = f"{line}\n\n{ARTICLE}\n\nThey left."
    assert roles(text) == ["headline", "lead", "body"]
    assert first_line_title(text) == line.removeprefix("# ").strip()


@pytest.mark.parametrize(
    "first",
    [
        "The talks resumed on Monday.",
        "Anna Holt met Ivo Marr in Orlo.",
        "Border talks\nresume in Orlo",
        "\u2022 Border talks resume",
        "Dear readers,",
        "Talks resume " * 16,
        "By Anna Holt",
        "12 March 2026",
        "ORLO (Agency) \u2014",
    ],
)
def test_a_first_paragraph_that_is_no_headline_is_no_title(first: str) -> None:
    text = f"{first}\n\n{ARTICLE}"
    assert first_line_title(text) is None
    assert "headline" not in roles(text)


def test_a_headline_needs_text_below_it() -> None:
    assert first_line_title("Border talks resume") is None
    assert roles("Border talks resume") == ["lead"]
    assert first_line_title("") is None


def test_without_blank_lines_a_headline_is_much_shorter_than_the_next_line() -> None:
    assert first_line_title(f"Border talks resume\n{ARTICLE}") == "Border talks resume"
    assert first_line_title("Envoys of both states met in\nOrlo on Monday to talk about") is None


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Border talks resumed on Monday.", "BORDER TALKS RESUMED, ON MONDAY"),
        ("Border talks resumed \u2013 after a week", "Border talks resumed."),
        ("Border talks resumed.", "Border talks resumed. Envoys are back in Orlo."),
        ("It rains.", "It rains."),
    ],
)
def test_a_first_paragraph_that_repeats_the_title_is_the_headline(title: str, first: str) -> None:
    assert roles(f"{first}\n\n{ARTICLE}", title=title) == ["headline", "lead"]


def test_a_lead_that_shares_few_letters_with_the_title_is_no_headline() -> None:
    assert roles("It rains in Orlo.\n\nIt rains there too.", title="It rains") == ["lead", "body"]
    assert roles(f"{ARTICLE} {ARTICLE * 4}", title=ARTICLE) == ["lead"]


@pytest.mark.parametrize(
    "byline",
    [
        "By Anna Holt",
        "BY ANNA HOLT AND IVO MARR",
        "By Anna Holt, with contributions from Ivo Marr and Per Tan",
        "By Ludwig van der Berg Jr.",
        "Written by Anna Holt in Orlo",
        "Anna Holt, defence correspondent",
        "Anna Holt | Staff writer",
        "ORLO (Agency) \u2014",
        "ORLO, Freeland, March 12 (Agency) --",
        "12 March 2026",
        "Published: Thursday, March 12, 2026 at 10:15 GMT",
        "2026-03-12",
    ],
)
def test_names_datelines_and_dates_below_the_headline_are_bylines(byline: str) -> None:
    assert roles(f"Border talks resume\n\n{byline}\n\n{ARTICLE}") == ["headline", "byline", "lead"]


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday, the army had withdrawn.",
        "By Friday the army had gone",
        "Anna Holt, who met the envoys, left.",
        "He came in 2026.",
        "ORLO (Agency) \u2014 The envoys met.",
    ],
)
def test_sentences_near_the_top_are_no_bylines(sentence: str) -> None:
    assert roles(f"Border talks resume\n\n{sentence}\n\nThey left.")[1] == "lead"


def test_bylines_stand_near_the_top_only() -> None:
    text = f"Talks resume\n\n{ARTICLE}\n\n{ARTICLE}\n\nBy Anna Holt"
    assert roles(text) == ["headline", "lead", "body", "body"]


@pytest.mark.parametrize(
    "heading", ["The road to Orlo", "'A simple hero'", "FULL TEXT.", "## Back"]
)
def test_short_lines_between_paragraphs_are_headings(heading: str) -> None:
    text = f"Talks resume\n\n{ARTICLE}\n\n{heading}\n\n{ARTICLE}"
    assert roles(text) == ["headline", "lead", "heading", "body"]


@pytest.mark.parametrize(
    "line",
    ["They left.", "Who left?", "\u2022 The road", "- The road", '"We stay"', "and left", "He:"],
)
def test_short_sentences_quotations_and_bullets_are_no_headings(line: str) -> None:
    assert roles(f"Talks resume\n\n{ARTICLE}\n\n{line}\n\n{ARTICLE}")[2] == "body"


def test_the_last_line_is_no_heading() -> None:
    assert roles(f"{ARTICLE}\n\nThe road to Orlo") == ["lead", "body"]


def test_a_heading_above_the_lead_leaves_the_lead_a_lead() -> None:
    text = f"Talks resume\n\nBy Anna Holt\n\nThe road\n\n{ARTICLE}\n\nThey left."
    assert roles(text) == ["headline", "byline", "heading", "lead", "body"]


MONSTERS: list[Callable[[int], str]] = [
    lambda n: "." * n + "x",
    lambda n: ". " * n + "x",
    lambda n: ". " * n + ".x",
    lambda n: '"' * n,
    lambda n: '."' * n,
    lambda n: '. "' * n,
    lambda n: "." + '"' * n + "x",
    lambda n: "." + "[1]" * n + "x",
    lambda n: "A. " * n,
    lambda n: "U.S. " * n,
    lambda n: "1. " * n,
    lambda n: '?" Aa ' * n,
    lambda n: "." + " " * n + "x." + " " * n,
    lambda n: "\u2026" * n + "x",
    lambda n: "\u3002" * n,
    lambda n: "a" * n,
]


class CountingPattern:
    """A pattern that counts how many characters its matches take and how often it is asked."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.steps = pattern, 0

    def match(self, *arguments: object) -> re.Match[str] | None:
        found = self.pattern.match(*arguments)  # type: ignore[arg-type]
        self.steps += 1 + (len(found.group()) if found else 0)
        return found


@pytest.mark.parametrize("monster", MONSTERS, ids=lambda monster: repr(monster(2)[:8]))
def test_the_look_ahead_takes_linear_steps(
    monster: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = monster(20_000)
    rules = sentences_module.Sentences(load_language())
    places = [(rules, "_speaker"), *((sentences_module, n) for n in ("_NEXT", "_SPACE", "_DASH"))]
    counters = [CountingPattern(getattr(place, name)) for place, name in places]
    for (place, name), counter in zip(places, counters, strict=True):
        monkeypatch.setattr(place, name, counter)
    rules.spans(text)
    assert sum(counter.steps for counter in counters) <= 20 * len(text)


@pytest.mark.deep
@pytest.mark.parametrize("monster", MONSTERS, ids=lambda monster: repr(monster(2)[:8]))
def test_no_text_sends_the_search_for_stops_back_over_itself(
    monster: Callable[[int], str],
) -> None:
    assert growth(lambda size: sentence_spans(monster(size)), 10_000) < 80


@pytest.mark.deep
@pytest.mark.parametrize(
    "huge",
    [
        lambda n: "word " * n,
        lambda n: "\n" * n + "x",
        lambda n: "x" + "\n \r\n" * n + "y",
        lambda n: "# a" + " " * n + "b",
        lambda n: "\u200b" * n,
        lambda n: "\u2022 one\ntwo\n" * (n // 9) + "\n\nend",
        lambda n: "one of the many lines that end with\na word that goes on\n" * (n // 56),
    ],
    ids=lambda huge: repr(huge(2)[:6]),
)
def test_huge_documents_are_cut_in_linear_time(huge: Callable[[int], str]) -> None:
    assert growth(lambda size: fa.split_paragraphs(documents(huge(size))), 50_000) < 80

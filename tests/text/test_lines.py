"""Which line breaks end paragraphs: lengths of lines, indents, lists, whole sentences."""

import textwrap

import pandas as pd
import pytest

import analysis as fa

PARAGRAPHS = [
    "Coastguards doubled their patrols on Tuesday, which the government called a matter of "
    "national security. The council repeated the point for the record, and nobody in the room "
    "objected to it that day.",
    "The minister spoke. The envoy, who has served for nine years, spoke of national security "
    "and left by a side door while the others were still waiting for the buses.",
    "Aid groups protested. They fear that families may be turned away before anyone hears them, "
    "as happened to those who came in the spring.",
]
GERMAN = [
    "Die K\u00fcstenwache verdoppelte am Dienstag ihre Fahrten, nachdem ein Boot mit vierzig "
    "Menschen den Hafen erreicht hatte. Der Minister sprach von einer Gefahr f\u00fcr das Land.",
    "Die Opposition lehnt das Gesetz ab und will vor Gericht ziehen, sobald der Bundestag im "
    "Herbst \u00fcber die Fragen der Sicherheit entschieden hat.",
]
SENTENCES = [
    "Coastguards doubled their patrols on Tuesday morning.",
    "The minister spoke of a threat to national security.",
    "Aid groups protested against it in the square.",
    "Unions asked for pensions and welfare.",
]


def paragraphs_of(text: str) -> list[str]:
    table = fa.split_paragraphs(pd.DataFrame({"document_id": ["d"], "text": [text]}))
    for row in table.itertuples():
        assert text[row.start : row.end] == row.text
    return [" ".join(own.split()) for own in table["text"]]


def wrapped(text: str, width: int = 72, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent, break_on_hyphens=False)


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
@pytest.mark.parametrize("text", [*PARAGRAPHS, GERMAN[0]])
def test_wrapped_lines_without_a_blank_line_are_one_paragraph(text: str, width: int) -> None:
    text = " ".join([text] * 3)
    assert paragraphs_of(wrapped(text, width)) == [text]


@pytest.mark.parametrize("width", [50, 72, 90])
@pytest.mark.parametrize("texts", [PARAGRAPHS, GERMAN])
def test_a_line_that_is_short_without_need_ends_a_paragraph(texts: list[str], width: int) -> None:
    texts = [f"{own} {own}" for own in texts]
    text = "\n".join(wrapped(own, width) for own in texts)
    assert paragraphs_of(text) == texts


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_every_kind_of_line_break_wraps(end: str) -> None:
    text = "\n".join(wrapped(own) for own in PARAGRAPHS)
    assert paragraphs_of(text.replace("\n", end)) == PARAGRAPHS


@pytest.mark.parametrize("indent", [" ", "    ", "\t", "\u3000"])
@pytest.mark.parametrize("headline", ["", "Harbour patrols doubled\n\n"])
def test_a_line_that_is_set_in_begins_a_paragraph(indent: str, headline: str) -> None:
    text = headline + "\n".join(indent + wrapped(own, 72 - len(indent)) for own in PARAGRAPHS)
    assert paragraphs_of(text) == [*headline.split("\n")[:1][: bool(headline)], *PARAGRAPHS]


def test_wrapped_lines_between_blank_lines_are_paragraphs_as_before() -> None:
    assert paragraphs_of("\n\n".join(map(wrapped, PARAGRAPHS))) == PARAGRAPHS


def test_lines_in_letters_of_different_widths_are_wrapped_too() -> None:
    lines = [
        "Before I begin my statement, I want to express the",
        "strongest condemnation of the recent acts of",
        "incitement to hatred perpetrated against the faith of",
        "many people around the world. Although we can",
        "never condone violence, the community of nations",
        "must not remain a silent observer and should not",
        "look away from such acts.",
        "Globally, we face enormous challenges, but with the",
        "efforts of all we can meet them in good time for",
        "those who will come after us and ask what we did",
        "when there still was time.",
    ]
    assert paragraphs_of("\n".join(lines)) == [" ".join(lines[:7]), " ".join(lines[7:])]


def test_a_capital_subhead_between_wrapped_lines_is_its_own() -> None:
    heading = "WHAT THE MINISTER SAID"
    text = "\n".join([wrapped(PARAGRAPHS[0]), heading, wrapped(PARAGRAPHS[1])])
    assert paragraphs_of(text) == [PARAGRAPHS[0], heading, PARAGRAPHS[1]]


def test_a_headline_above_wrapped_lines_is_the_headline_though_it_is_wrapped() -> None:
    headline = "Harbour patrols doubled after a boat with forty people came ashore by night"
    text = "\n\n".join(map(wrapped, [headline, *PARAGRAPHS]))
    documents = fa.documents_from_texts([text])
    assert documents["title"].tolist() == [headline]
    assert fa.split_paragraphs(documents)["role"].tolist() == ["headline", "lead", "body", "body"]


@pytest.mark.parametrize("title", ["Mr.", "Dr.", "J.", "St."])
def test_a_title_at_the_end_of_a_short_line_ends_no_paragraph(title: str) -> None:
    text = f"We congratulate the new envoy {title}\nMarr, {wrapped(PARAGRAPHS[0])}"
    assert len(paragraphs_of(text)) == 1


@pytest.mark.parametrize("headline", ["Harbour patrols doubled\n\n", "By Anna Holt\n\n"])
def test_sentences_below_a_blank_line_are_a_paragraph_a_line(headline: str) -> None:
    assert paragraphs_of(headline + "\n".join(SENTENCES))[1:] == SENTENCES


def test_long_lines_are_a_paragraph_each_though_one_blank_line_stands_among_them() -> None:
    long = [f"{own} {own}" for own in PARAGRAPHS]
    assert paragraphs_of("\n".join(long[:2]) + "\n\n" + long[2] + "\n" + long[0]) == [
        *long,
        long[0],
    ]
    small = [own.lower().replace(".", "").replace(",", "") for own in long]
    assert paragraphs_of("\n".join(small[:2]) + "\n\n" + "\n".join(small)) == small[:2] + small


@pytest.mark.parametrize(
    "items",
    [
        ["\u2022 Police hold the town", "\u2022 Schools stay open"],
        ["* Police hold the town.", "* schools stay open"],
        ["- Police hold the town", "- Schools stay open", "- Trains run"],
        ["1. The army secures the border.", "2. Pensions rise by 2.5 per cent."],
        ["(1) The army comes", "(2) pensions rise"],
        ["a) The first vote is in May.", "b) The second is in June."],
        ["11.05am: Envoys arrive.", "11.20am The army seals the road", "12.10pm BST"],
        ["14:05 Envoys arrive", "14:32 The army seals the road", "15:00 Talks begin"],
        ["[14:05] Envoys arrive", "[13:58] The army seals the road"],
        ["9h30 \u2013 Envoys arrive", "10h15 \u2013 Talks begin"],
    ],
)
@pytest.mark.parametrize("above", ["", "What we know\n", "What we know:\n"])
def test_items_and_entries_with_their_time_are_paragraphs(items: list[str], above: str) -> None:
    text = f"Border talks\n\n{above}" + "\n".join(items) + "\n\nThey left."
    first = [above.strip()] if above else []
    assert paragraphs_of(text) == ["Border talks", *first, *items, "They left."]


def test_wrapped_items_are_joined_to_theirs() -> None:
    items = [f"{n}. {own}" for n, own in enumerate(PARAGRAPHS, start=1)]
    assert paragraphs_of("\n".join(wrapped(own) for own in items)) == items


@pytest.mark.parametrize("mark", ["\u2022 ", "1. "])
def test_lines_of_an_item_that_hang_are_its_own(mark: str) -> None:
    item = f"{mark}Envoys of both states met Ana Rell and Ivo Marr in Orlo, President Holt said on "
    item += f"Monday. {PARAGRAPHS[0]}"
    text = textwrap.fill(item, 42, subsequent_indent=" " * len(mark))
    assert paragraphs_of(text) == [item]


def test_a_headline_right_above_wrapped_lines_is_a_paragraph() -> None:
    text = "Harbour patrols doubled\n" + "\n".join(map(wrapped, PARAGRAPHS))
    assert paragraphs_of(text) == ["Harbour patrols doubled", *PARAGRAPHS]
    assert fa.documents_from_texts([text])["title"].tolist() == ["Harbour patrols doubled"]


@pytest.mark.parametrize(
    "block",
    [
        "He came with twelve\n- perhaps thirteen - men.",
        "It was sold in\n1990. A year later it burnt.",
        "Tonight three posts were struck\n- Army (@army) 14 May",
        "Our terms are\n2.50 an hour, no less than\n3.10 on Sundays",
    ],
)
def test_a_dash_a_year_or_a_signature_is_no_item(block: str) -> None:
    assert paragraphs_of(f"Talks\n\n{block}\n\nThey left.")[1] == " ".join(block.split())


@pytest.mark.parametrize(
    "stanzas",
    [
        ["A line of wire\nthat no one sees,\na guard of fire\nbeneath the trees.",
         "A state of stone,\na law of sand;\nwe stood alone\nin no man's land."],
        ["Shall I compare thee to a summer\u2019s day?\nThou art more lovely and more temperate:\n"
         "Rough winds do shake the darling buds of May,\nAnd summer hath all too short a date;"],
    ],
)  # fmt: skip
def test_poems_stay_stanzas(stanzas: list[str]) -> None:
    text = "\n\n".join(["The border", *stanzas])
    assert paragraphs_of(text)[1:] == [" ".join(own.split()) for own in stanzas]


def test_lines_of_about_equal_lengths_that_are_sentences_are_not_joined() -> None:
    assert paragraphs_of("\n".join(SENTENCES)) == SENTENCES


def test_a_first_line_among_lines_of_a_block_is_no_headline_set_off() -> None:
    text = "Envoys meet\n" + SENTENCES[0] + "\n" + SENTENCES[1] + "\n\n" + SENTENCES[2]
    assert fa.documents_from_texts([text])["title"].isna().all()


LEXICON = fa.lexicon_from_dict("demo", {"security": {"terms": ["national security", "army"]}})


@pytest.mark.parametrize(
    "text",
    [
        "Ana Rell, the minister, said on Monday in Orlo that the new law was a matter of national "
        "security and that nobody would be sent away before the winter.",
        'The talks were short. "We will not give away our national security for a few days of '
        'quiet on the border," said Ana Maria Rell, who heads the delegation of the north.',
        "The envoys waited. According to the Ministry of Foreign Affairs of Freeland, the army "
        "will leave the town next week. It did not say where it will go.",
        "The Northern Border Guard denied on Tuesday that there was any threat to the national "
        "security of the state. Nobody else has spoken about it so far.",
    ],
)
@pytest.mark.parametrize("width", range(36, 80, 4))
def test_hits_have_the_context_that_they_have_on_one_line(text: str, width: int) -> None:
    """Sentences, quotations, names and terms run across the lines."""
    columns = ["surface", "sentence", "voice", "speaker", "speaker_kind", "certainty"]
    own = [f"{text} {PARAGRAPHS[0]}", f"{wrapped(f'{text} {PARAGRAPHS[0]}', width)}"]
    first, second = (
        fa.find_hits(fa.split_paragraphs(fa.documents_from_texts([one])), LEXICON) for one in own
    )
    second["surface"] = second["surface"].str.replace("\n", " ")
    assert len(first) == 2
    pd.testing.assert_frame_equal(first[columns], second[columns])
    one, two = (
        fa.find_attributions(fa.split_paragraphs(fa.documents_from_texts([one]))) for one in own
    )
    shared = ["kind", "speaker", "content_start", "content_end"]
    pd.testing.assert_frame_equal(one[shared], two[shared])

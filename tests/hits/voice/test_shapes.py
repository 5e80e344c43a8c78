"""Who speaks in the shapes that news has: interviews, blocks, marks of all kinds, headlines."""

import pandas as pd
import pytest

import analysis as fa

Said = tuple[str, str | None]
NARRATOR: Said = ("narrator", None)


def quote(speaker: str | None) -> Said:
    return ("quote", speaker)


def paraphrase(speaker: str) -> Said:
    return ("paraphrase", speaker)


def heard(text: str, *words: str) -> list[Said]:
    """Return voice and speaker of each of the words, by place."""
    lexicon = fa.lexicon_from_dict("marked", {"k": sorted({word.lower() for word in words})})
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text]))
    hits = fa.find_hits(paragraphs, lexicon)
    told = fa.find_hits(paragraphs, lexicon, attributions=fa.find_attributions(paragraphs))
    columns = ["voice", "speaker"]
    pd.testing.assert_frame_equal(told[columns], hits[columns])
    return [(voice, None if pd.isna(who) else who) for voice, who in hits[columns].to_numpy()]


INTRODUCTION = "Lena Voss, the foreign minister of Velmora, spoke to our paper in Kestra on Monday."


@pytest.mark.parametrize(
    ("asks", "answers", "interviewer", "interviewee"),
    [
        ("Q: ", "A: ", None, "Lena Voss"),
        ("Q: ", "", None, "Lena Voss"),
        ("HERALD: ", "", "HERALD", "Lena Voss"),
        ("Question: ", "Answer: ", None, "Lena Voss"),
        ("The Herald: ", "Minister Voss: ", "The Herald", "Lena Voss"),
        ("Agency: ", "Lena Voss (minister): ", "Agency", "Lena Voss"),
        ("MR. KERN:\n\n", "MS. VOSS:\n\n", "MR. KERN", "MS. VOSS"),
    ],
)
def test_an_interview_gives_questions_and_answers_to_whom_its_labels_name(
    asks: str, answers: str, interviewer: str | None, interviewee: str
) -> None:
    text = (
        f"{INTRODUCTION}\n\n{asks}Is the border open?\n\n{answers}The army holds it, and I am glad."
        f"\n\n{asks}What about aid?\n\n{answers}Trucks arrive daily, I am told."
    )
    asked, answered = quote(interviewer), quote(interviewee)
    assert heard(text, "border", "army", "aid", "trucks") == [asked, answered, asked, answered]


def test_questions_of_a_press_conference_need_no_stop_behind_their_letter() -> None:
    text = (
        "THE PRESIDENT: The army left.\n\nQ Mr. President, what about aid?\n\n"
        "THE PRESIDENT: Trucks arrive daily.\n\nQ And peace?\n\nTHE PRESIDENT: It is near."
    )
    own = quote("THE PRESIDENT")
    assert heard(text, "army", "aid", "trucks", "peace") == [own, quote(None), own, quote(None)]


def test_an_interview_without_labels_stays_open() -> None:
    text = f"{INTRODUCTION}\n\nIs the border open?\n\nIt is.\n\nWhat about aid?\n\nIt comes."
    assert heard(text, "border", "aid") == [NARRATOR, NARRATOR]


@pytest.mark.parametrize(
    "introduction",
    [
        "Foreign Minister Lena Voss wrote:",
        "Lena Voss said in a post on Monday:",
        "On Monday Lena Voss added:",
        "Lena Voss stated the following:",
    ],
)
@pytest.mark.parametrize(
    "block",
    [
        "The army holds the border. It is late.",
        "> The army holds the border.\n> It is late.",
        "\u201cThe army holds the border. It is late.",
        "\u201cThe army holds the border.\n\n\u201cIt is late.\u201d",
    ],
)
def test_a_paragraph_that_a_cue_and_a_colon_introduce_is_quoted(
    introduction: str, block: str
) -> None:
    text = f"{introduction}\n\n{block}\n\nTrucks left on Monday."
    assert heard(text, "army", "trucks") == [quote("Lena Voss"), NARRATOR]


@pytest.mark.parametrize(
    "introduction",
    [
        "Here is what we know:",
        "Lena Voss also noted the size of the crowd:",
        "The week in short:",
        "Critics hit back at Lena Voss, among them one farmer:",
    ],
)
def test_a_colon_alone_makes_no_block_quotation(introduction: str) -> None:
    assert heard(f"{introduction}\n\nThe army holds the border.", "army") == [NARRATOR]


def test_who_speaks_is_named_where_a_quotation_over_paragraphs_goes_on() -> None:
    text = (
        "\u201cThe army holds the border. We are glad.\n\n\u201cTrucks wait.\n\n"
        "\u201cAid is late,\u201d said Lena Voss."
    )
    assert heard(text, "army", "trucks", "aid") == [quote("Lena Voss")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "\u2018The army left,\u2019 Rell said. \u2018We\u2019re glad.\n\n\u2018Aid is late.\u2019",
        "''The army left,'' Rell said. ''We're glad.\n\n''Aid is late.''",
        '"The army left," Rell said. "We\'re glad.\n\n"Aid is late."',
    ],
)
def test_marks_of_all_kinds_open_again_in_the_next_paragraph(text: str) -> None:
    assert heard(text, "army", "aid") == [quote("Rell")] * 2


@pytest.mark.parametrize(
    "text",
    [
        'Ana Rell said: "The army left. The aid is late.',
        'Ana Rell said: The army left. The aid is late."',
        'The army left," Ana Rell said. "The aid is late."',
        "\u201cThe army left, Ana Rell said. \u201cThe aid is late.\u201d",
        '"The army left, Ana Rell said. "The aid is late."',
        '"The army left," Ana Rell said. The aid is late."',
        "\u201cThe army left,\u201d Ana Rell said. \u201cThe aid is late.\u201c",
    ],
)
def test_a_missing_mark_costs_no_words_and_leaves_the_next_paragraph_alone(text: str) -> None:
    found = heard(f"{text}\n\nTrucks left on Monday.", "army", "aid", "trucks")
    assert found == [quote("Ana Rell"), quote("Ana Rell"), NARRATOR]


@pytest.mark.parametrize(
    "text",
    [
        "\u201cThe army holds the border.\u201d \u2014 Ada Brook",
        '"The army holds the border." (Ada Brook, farmer)',
        '"The army holds the border" -- Ada Brook, a farmer in Kestra',
        "\u201cThe army holds the border.\u201d\n\n\u2014 Ada Brook, farmer",
        "\u201cThe army holds the border.\u201d\n- Ada Brook (Kestra)",
    ],
)
def test_a_name_behind_a_dash_or_in_brackets_signs_a_quotation(text: str) -> None:
    assert heard(text, "army") == [quote("Ada Brook")]


@pytest.mark.parametrize(
    "text",
    [
        'Ana Rell said: "The army may leave. No aid came."',
        'Ana Rell said: "The army may leave. No aid came.',
        'Ana Rell said: The army may leave. No aid came."',
        '"The army may leave. No aid came.',
        'The army may leave. No aid came."',
    ],
)
def test_how_surely_something_is_said_does_not_depend_on_the_marks(text: str) -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": ["army", "aid"]})
    hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts([text])), lexicon)
    assert hits["voice"].tolist() == ["quote", "quote"]
    assert hits["certainty"].tolist() == ["hedged", "negated"]
    assert hits["speaker"].notna().all() == ("Rell" in text)


BODY = "\n\nVelmora will act soon. Lena Voss, the minister, told a meeting that trucks wait."


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Army to leave border \u2013 Minister", paraphrase("Minister")),
        ("Army to leave border - Voss", paraphrase("Lena Voss")),
        ("Army to Leave Border \u2013 Foreign Ministry", paraphrase("Foreign Ministry")),
        ("Army to leave border: report", paraphrase("report")),
        ("Army to leave border: Voss", paraphrase("Lena Voss")),
        ("Voss: army to leave border", paraphrase("Lena Voss")),
        ("Voss: army to leave border.", paraphrase("Lena Voss")),
        ("Minister: Army to Leave Border", paraphrase("Minister")),
        ("Kremlin: Army to Leave Border", paraphrase("Kremlin")),
        ("Voss: 'Army must leave border'", quote("Lena Voss")),
        ("'Army must leave border': Voss", quote("Lena Voss")),
        ("Border war: Army to leave Kestra", NARRATOR),
        ("Army leaves border - The Herald", NARRATOR),
        ("Army leaves border \u2013 what comes next", NARRATOR),
        ("Topic: army race for governor", NARRATOR),
    ],
)
def test_the_head_or_the_tail_of_a_headline_names_its_source(headline: str, said: Said) -> None:
    assert heard(f"{headline}{BODY}", "army", "trucks") == [said, paraphrase("Lena Voss")]


@pytest.mark.parametrize(
    "text",
    [
        "\u201cKern told me, \u2018The army left,\u2019\u201d Rell said. \u201cAid is late.\u201d",
        "\u2018Kern told me, \u201cThe army left,\u201d and I cried. Aid is late,\u2019 Rell said.",
        '"Kern told me, \'The army left,\' and I cried," Rell said. "Aid is late."',
        "Rell recalled: \u201cKern said: \u2018The army left.\u2019 I cried. Aid is late.\u201d",
    ],
)
def test_a_quotation_within_one_belongs_to_the_innermost_speaker(text: str) -> None:
    assert heard(text, "army", "aid") == [quote("Kern"), quote("Rell")]


@pytest.mark.parametrize(
    "text",
    [
        "Her book \u201cThe Army at the Border\u201d sold well.",
        "Parliament passed the \u201cArmy and Border Act\u201d on Monday.",
        "\u201cThe Army of Shadows,\u201d a film by Otto Kern, opens on Friday.",
        "In an article entitled \u201cHow the army lost its way\u201d it was told.",
        "The exercise \u201cIron Army 2016\u201d began on Monday.",
        'She read from "The Army Trilogy" and slept.',
        "The so-called \u201carmy of hope and faith\u201d slept.",
    ],
)
def test_titles_and_names_in_marks_are_nobodys_speech(text: str) -> None:
    assert heard(text, "army") == [NARRATOR]


def test_a_title_within_what_somebody_says_is_theirs() -> None:
    text = "The film \u201cWar and Army\u201d won a prize, Ana Rell said."
    assert heard(text, "army") == [paraphrase("Ana Rell")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Rell called the plan an \u201carmy farce\u201d.",
        "Ana Rell said that the \u201carmy\u201d was late.",
        "Ana Rell spoke of an \u201carmy\u201d and left.",
    ],
)
def test_single_words_in_marks_are_quoted_where_somebody_says_them(text: str) -> None:
    assert heard(text, "army") == [quote("Ana Rell")]


PAIRS = [
    *(
        "\u201c\u201d",
        "\u2018\u2019",
        "\u00ab\u00bb",
        "\u00bb\u00ab",
        "\u201e\u201c",
        "\u201e\u201d",
    ),
    *(
        "\u2039\u203a",
        "\u203a\u2039",
        "\u201a\u2018",
        "\u201f\u201d",
        "\u300c\u300d",
        "\u300a\u300b",
    ),
    *('""', "''", "\uff02\uff02", "`'"),
]


@pytest.mark.parametrize("pair", [*PAIRS, ("``", "''"), ("''", "''"), ("\u201c", '"')])
@pytest.mark.parametrize(
    "frame", ["Rell said {}the army left{}. Aid came.", "{}The army left{}, Rell said. Aid came."]
)
def test_marks_of_all_scripts_quote(pair: tuple[str, str], frame: str) -> None:
    assert heard(frame.format(*pair), "army", "aid") == [quote("Rell"), NARRATOR]


@pytest.mark.parametrize(
    "pair", ["\u00ab\u00bb", "\u201c\u201d", "\u2039\u203a", "\u201e\u201c", '""']
)
@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_blanks_may_stand_within_marks(pair: str, blank: str) -> None:
    opening, closing = pair[0] + blank, blank + pair[1]
    text = f"Rell said {opening}the army left{closing}. Then aid came."
    assert heard(text, "army", "aid") == [quote("Rell"), NARRATOR]


@pytest.mark.parametrize(
    "text",
    [
        '"The army "holds the line" at the border," Rell said. Then aid came.',
        '"The army holds the "border"," Rell said. Then aid came.',
        "\u201cThe army \u201cholds the line\u201d at the border,\u201d Rell said. Then aid came.",
        '"The 12" gun of the army hit the border," Rell said. Then aid came.',
        "\u201cAt the border the army is 6\u20192\u201d tall,\u201d Rell said. Then aid came.",
        "\u2018The army isn\u2019t at a farm\u2019s border,\u2019 Rell said. Then aid came.",
        "'It is the soldiers' army at the border,' Rell said. Then aid came.",
    ],
)
def test_marks_within_marks_end_no_quotation(text: str) -> None:
    assert heard(text, "army", "border", "aid") == [quote("Rell"), quote("Rell"), NARRATOR]


@pytest.mark.parametrize(
    "text",
    [
        'The 12" gun of the army was hit by a 6" shell.',
        'The wall is 6\'2" high, and the army guards a 5" gap.',
        "In the '90s the army left. In the '80s it stayed.",
        "The workers\u2019 army left. The farmers\u2019 tools stayed.",
        "The army left :') and slept.",
    ],
)
def test_inches_decades_and_possessives_are_no_marks(text: str) -> None:
    assert heard(text, "army") == [NARRATOR]


VERBS = (
    "said purred drawled deadpanned quipped snarled chortled harrumphed riposted rasped gloated "
    "rued mused fumed railed reflected confided concurred echoed thundered groused croaked "
    "prophesied blustered simpered philosophised swooned shrieked"
).split()
PHRASAL = ["went on", "hit out", "chipped in", "fired back", "piped up", "shot back"]


@pytest.mark.parametrize("verb", [*VERBS, *PHRASAL])
def test_any_verb_beside_a_quotation_and_its_speaker_attributes_it(verb: str) -> None:
    frames = [f"\u201cThe army is late,\u201d Brook {verb}. It rained."]
    frames += [f"Brook {verb}: \u201cThe army is late.\u201d It rained."]
    frames += [f"\u201cThe army is late,\u201d {verb} Ada Brook, a farmer. It rained."]
    speakers = [heard(frame, "army") for frame in frames]
    assert speakers == [[quote("Brook")], [quote("Brook")], [quote("Ada Brook")]]


@pytest.mark.parametrize(
    "text",
    [
        "\u201cThe army is late,\u201d and Brook revamped his plans.",
        "\u201cArmy Wars,\u201d released in May, made a profit.",
        "\u201cThe army is late,\u201d though nobody moved.",
    ],
)
def test_a_verb_that_has_no_speaker_beside_the_quotation_credits_nobody(text: str) -> None:
    assert [speaker for _, speaker in heard(text, "army")] == [None]


def test_who_is_spoken_to_behind_an_apposition_does_not_speak() -> None:
    text = "\u201cThe army is late,\u201d Ana Rell, a former envoy, told the Herald."
    assert heard(text, "army") == [quote("Ana Rell")]

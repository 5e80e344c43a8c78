"""Which words attribute something, to whom and how far: ten sentences of each kind."""

import pytest

import analysis as fa


def rows(text: str) -> list[tuple[str, str, str | None, str]]:
    """Return kind, cue, source and content of each attribution of a text."""
    table = fa.find_attributions(fa.split_paragraphs(fa.documents_from_texts([text])))
    return [
        (row.kind, row.cue, row.source, text[row.content_start : row.content_end].rstrip("."))
        for row in table[table["cue"].notna()].itertuples()
    ]


def said(text: str) -> list[tuple[str, str | None, str]]:
    """Return cue, source and content of what is said, without acts."""
    return [row[1:] for row in rows(text) if row[0] != "act"]


@pytest.mark.parametrize(
    "text",
    [
        "The pledges made in Vell were soon forgotten.",
        "Their regards reached the minister by post.",
        "Two calls to the embassy went unanswered.",
        "A demand letter lay on the table.",
        "The agency's warning system failed at night.",
        "The claims office opened at noon.",
        "Voters in swing states decide the race.",
        "An announced visit was put off.",
        "Disclosed figures fill one page.",
        "Supported by tanks, the army crossed the river.",
    ],
)
def test_nouns_and_participles_attribute_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Divers found three bodies in the lake.",
        "The court recalled two witnesses after lunch.",
        "The army reported losses of forty men.",
        "The firm announced a merger.",
        "Velmora declared war on Gorm.",
        "The union called a strike.",
        "The minister signed and repeated the oath.",
        "Rebels claimed the hill by night.",
        "The fighting continued through the night.",
        "The judge ordered new chairs.",
    ],
)
def test_verbs_without_what_is_said_attribute_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The storm warned nobody before it struck.",
        "The access road reveals a view over the valley.",
        "Such rhetoric suggests weakness.",
        "The move signals that the course has changed.",
        "Prices indicate a slowdown.",
        "The flood threatened to burst the dam.",
        "The silence says that nobody is left.",
        "The border tells a story of war.",
        "The smell suggested that something had burnt.",
        "The weather promised to be fine.",
    ],
)
def test_what_cannot_speak_says_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not claim that aid is late.",
        "Neither side said that talks had failed.",
        "Officials have not confirmed that troops left.",
        "Nobody in the town believes that the war is over.",
        "The agency never stated that aid is late.",
        "Rell wouldn't say whether the deal is dead.",
        "None of the witnesses testified that shots were fired.",
        "No official has said that troops left.",
        "The report does not conclude that the army fled.",
        "Rell made no claim that the war was lost.",
    ],
)
def test_what_is_not_said_is_credited_to_nobody(text: str) -> None:
    assert said(text) == []
    assert all(source != source or source is None for _, _, source, _ in rows(text))


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The deal was described by Rell as a theft.", "Rell", "a theft"),
        ("Rell was quoted by the Herald as saying that aid is late.", "Rell", "that aid is late"),
        ("The army is accused by Gorm of burning the town.", "Gorm", "of burning the town"),
        (
            "It was announced by the ministry that troops would leave.",
            "the ministry",
            "that troops would leave",
        ),
        (
            "The envoy was told by aides that talks had failed.",
            "aides",
            "that talks had failed",
        ),
        ("He was urged by the pope to end the war.", "the pope", "to end the war"),
        ("Aid is said by officials to be late.", "officials", "to be late"),
        (
            "The mayor was warned by police that a crowd was near.",
            "police",
            "that a crowd was near",
        ),
        (
            "Gorm was accused by the union of breaking the pact.",
            "the union",
            "of breaking the pact",
        ),
        (
            "The group has been described by analysts as a threat.",
            "analysts",
            "a threat",
        ),
    ],
)
def test_the_source_of_a_passive_stands_behind_it(text: str, source: str, content: str) -> None:
    assert [row[1:] for row in said(text)] == [(source, content)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The Herald, which said troops had left, sold out.", "The Herald", "troops had left"),
        (
            "The minister, who warned that talks may fail, resigned.",
            "The minister",
            "that talks may fail",
        ),
        (
            "Rell, who told reporters that the army fled, was arrested.",
            "Rell",
            "that the army fled",
        ),
        ("It was Rell who said that the army fled.", "Rell", "that the army fled"),
        (
            "Gorm, which accuses Velmora of theft, closed the border.",
            "Gorm",
            "Velmora of theft",
        ),
        (
            "The letter, in which Rell says that the war is lost, was leaked.",
            "Rell",
            "that the war is lost",
        ),
        (
            "Officials who met the Herald said the plan was dead.",
            "Officials who met the Herald",
            "the plan was dead",
        ),
        (
            "The pilot who had flown the plane said the engine failed.",
            "The pilot who had flown the plane",
            "the engine failed",
        ),
        (
            "The union, which claims that wages fell, is on strike.",
            "The union",
            "wages fell",
        ),
        (
            "It was the bishop who warned that winter was near.",
            "the bishop",
            "that winter was near",
        ),
    ],
)
def test_a_relative_clause_leads_to_its_source(text: str, source: str, content: str) -> None:
    assert [row[1:] for row in said(text)] == [(source, content)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Troops left at dawn, according to two officials.",
            "two officials",
            "Troops left at dawn",
        ),
        (
            "Troops left, according to the ministry, and the town is empty.",
            "the ministry",
            "Troops left",
        ),
        (
            "The town, according to Rell, is empty.",
            "Rell",
            "The town, according to Rell, is empty",
        ),
        (
            "According to a report by the agency, forty people died.",
            "a report by the agency",
            "forty people died",
        ),
        (
            "Forty people died, according to the agency's report, which was published on Monday.",
            "the agency's report",
            "Forty people died",
        ),
        ("In the words of Ana Rell, the war is lost.", "Ana Rell", "the war is lost"),
        ("The war is lost, as Rell put it.", "Rell", "The war is lost"),
        ("As Rell told the Herald, the war is lost.", "Rell", "the war is lost"),
        ("As The Herald reported, the war is lost.", "The Herald", "the war is lost"),
        ("In the view of the ministry, the war is lost.", "the ministry", "the war is lost"),
    ],
)
def test_according_to_and_its_like_end_what_is_said(text: str, source: str, content: str) -> None:
    assert [row[1:] for row in said(text)] == [(source, content)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Rell said the talks failed, adding that troops would leave.",
            ("adding", "Rell", "that troops would leave"),
        ),
        (
            "The minister rejected the plan, saying it would starve the town.",
            ("saying", "The minister", "it would starve the town"),
        ),
        (
            "The army left, claiming that its task was done.",
            ("claiming", "The army", "that its task was done"),
        ),
        (
            "Rell praised the plan but warned that time was short, noting that winter was near.",
            ("noting", "Rell", "that winter was near"),
        ),
        (
            "\u201cTalks failed,\u201d Rell said, adding that troops would leave.",
            ("adding", "Rell", "that troops would leave"),
        ),
        (
            "Troops had left, Rell said, adding that the town was empty.",
            ("adding", "Rell", "that the town was empty"),
        ),
        (
            "He spoke for an hour, promising that nobody would starve.",
            ("promising", "He", "that nobody would starve"),
        ),
        (
            "The agency said aid was late and food was scarce, stressing that winter was near.",
            ("stressing", "The agency", "that winter was near"),
        ),
        (
            "Saying that the war was lost, Rell resigned.",
            ("Saying", "Rell", "that the war was lost"),
        ),
        (
            "After telling reporters that aid was late, the envoy left.",
            ("telling", "the envoy", "that aid was late"),
        ),
    ],
)
def test_a_participle_goes_on_and_ends_what_was_said_before(
    text: str, last: tuple[str, str, str]
) -> None:
    found = said(text)
    assert found[-1] == last
    assert all(last[2] not in content for _, _, content in found[:-1])


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Rell hopes that the war will end.", "Rell", "that the war will end"),
        ("The minister thinks the army will leave.", "The minister", "the army will leave"),
        (
            "Villagers are convinced that the army will return.",
            "Villagers",
            "that the army will return",
        ),
        ("Rell is sure aid will come.", "Rell", "aid will come"),
        ("Gorm sees the pact as a threat.", "Gorm", "a threat"),
        ("The bishop called for a ceasefire.", "The bishop", "a ceasefire"),
        (
            "Aid workers were worried that the war might spread.",
            "Aid workers",
            "that the war might spread",
        ),
        ("The minister made the point that aid is late.", "The minister", "that aid is late"),
        ("The ministry takes the view that aid is late.", "The ministry", "that aid is late"),
        (
            "Rell used her speech to warn that aid is late.",
            "Rell",
            "that aid is late",
        ),
    ],
)
def test_a_belief_or_wish_with_its_content_is_attributed(
    text: str, source: str, content: str
) -> None:
    assert [row[1:] for row in said(text)] == [(source, content)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Gorm slammed the raid on the town.", ("slammed", "Gorm", "the raid on the town")),
        ("Rell backed the raid.", ("backed", "Rell", "the raid")),
        ("The bishop welcomed the ceasefire.", ("welcomed", "The bishop", "the ceasefire")),
        ("The union opposed the war.", ("opposed", "The union", "the war")),
        ("The court rejected the complaint.", ("rejected", "The court", "the complaint")),
        ("Rell praised the plan but left.", ("praised", "Rell", "the plan")),
        ("The mayor ignored the order.", ("ignored", "The mayor", "the order")),
        ("Rell is worried about the war.", ("worried", "Rell", "about the war")),
        (
            "The minister refused to end the war.",
            ("refused", "The minister", "to end the war"),
        ),
        (
            "The plan, dismissed by critics as a dream, passed.",
            ("dismissed", "critics", "as a dream"),
        ),
    ],
)
def test_an_act_is_told_with_its_object_and_gives_words_to_nobody(
    text: str, act: tuple[str, str, str]
) -> None:
    assert rows(text) == [("act", *act)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            'New duties would make it "the judge of all trade," Voss warned.',
            ("warned", "Voss", 'New duties would make it "the judge of all trade,"'),
        ),
        (
            'The border is "a mess," said Ana Rell.',
            ("said", "Ana Rell", 'The border is "a mess,"'),
        ),
        (
            "Rell explained the refusal to call it \u201cterror\u201d is a weakness.",
            ("explained", "Rell", "the refusal to call it \u201cterror\u201d is a weakness"),
        ),
    ],
)
def test_a_clause_with_quoted_words_is_what_its_speaker_says(
    text: str, found: tuple[str, str, str]
) -> None:
    assert found in said(text)


def test_what_is_quoted_after_another_sentence_leaves_that_to_the_narrator() -> None:
    assert said('Voss smiled. "The war is over," he said.') == [
        ("said", "he", '"The war is over,"')
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She's said the border is open.", ("said", "She", "the border is open")),
        ("They\u2019ve warned that war is near.", ("warned", "They", "that war is near")),
        ("He'd told aides that troops left.", ("told", "He", "that troops left")),
    ],
)
def test_a_pronoun_joined_to_its_verb_speaks(text: str, found: tuple[str, str, str]) -> None:
    assert said(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Troops left, as reported by the NGO.", ("reported", "the NGO", "Troops left")),
        ("As noted by Voss, troops left.", ("noted", "Voss", "troops left")),
        (
            "Absent, according to aides who met her, was any word of war.",
            (
                "according to",
                "aides",
                "Absent, according to aides who met her, was any word of war",
            ),
        ),
    ],
)
def test_who_stands_behind_as_and_according_says_what_is_beside(
    text: str, found: tuple[str, str, str]
) -> None:
    assert said(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Voss said he hopes the war will end.",
        "The ministers said that they fear an attack.",
    ],
)
def test_what_speakers_say_of_their_own_mind_is_said_once(text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Voters increasingly view the minister as weak.",
        "The minister still supports the treaty.",
        "Rell openly denounced the raid, proposing a ban on arms.",
        "The popularity of the song shows that the war is far away.",
        "Villagers were unaware that the war had ended.",
    ],
)
def test_what_nobody_named_says_is_a_cue_all_the_same(text: str) -> None:
    assert rows(text) != []

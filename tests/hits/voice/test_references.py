"""Whom a source as written means: names, descriptions and pronouns of people, bodies, documents."""

import pandas as pd
import pytest

import analysis as fa

KERN = "Otto Kern, the mayor of Vell, said that the bridge is closed.\n\n"
SOURCE = "A diplomatic source said that talks began.\n\n"


def last_speaker(text: str) -> str | None:
    """Return the speaker of the last attribution of a text."""
    found = fa.find_attributions(fa.split_paragraphs(fa.documents_from_texts([text])))
    speaker = found.sort_values(["paragraph", "cue_start"])["speaker"].iloc[-1]
    return None if pd.isna(speaker) else str(speaker)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (KERN + "The official said that boats will sail.", "Otto Kern"),
        (KERN + '"We wait," the commander added.', "Otto Kern"),
        (KERN + "According to the politician, boats will sail.", "Otto Kern"),
        (KERN + "This expert warned that the water is rising.", "Otto Kern"),
        (SOURCE + "The source added that they will go on.", "A diplomatic source"),
        (SOURCE + '"They go on," the source said.', "A diplomatic source"),
        # By a short title, by a name cut short, by what stands before a quotation mark.
        ("Gov. Otto Kern left. Ana Rell left.\n\nThe governor said that aid came.", "Otto Kern"),
        (
            'Ana Rell, an activist and founder of "Stay Up", left. Envoy Otto Kern left.\n\n'
            "The activist said that aid came.",
            "Ana Rell",
        ),
        # Who has just spoken, rather than another who bears the office elsewhere.
        (
            'Foreign Secretary Boris Kern confirmed it.\n\n"We look," Ruddy said.\n\n'
            "The secretary said that aid came.",
            "Ruddy",
        ),
        # Of two who share a first name, who speaks goes on.
        (
            "Sergei Voss left. Sergei said aid came. Sergei Kern left. Sergei said no more came.",
            "Sergei Voss",
        ),
        # Nobody is known yet.
        ("The general was quoted as saying that troops left.", "The general"),
    ],
)
def test_a_description_goes_to_who_spoke_before_it(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A woman is no Otto, and a representative of a body is not who spoke last.
        (KERN + "The spokeswoman said that boats will sail.", "The spokeswoman"),
        (KERN + "The GTA representative said that boats will sail.", "The GTA representative"),
        (KERN + "A driver said that boats will sail.", "A driver"),
        (KERN + "The source said that boats will sail.", "The source"),
        # Whom somebody's words describe is somebody else.
        ("Otto Kern said that the envoy claimed that the bridge is closed.", "the envoy"),
        # Whose son somebody is, several women, other media: others.
        (KERN + "The mayor's son said that boats will sail.", "The mayor's son"),
        ("Ana Rell, a woman, met the women who said that aid came.", "the women"),
        (
            "The Vell media said that aid came.\n\nAid came, according to the Dorna media.",
            "the Dorna media",
        ),
        (
            "Aid came, the Vell Today news agency said.\n\nAid left, the Orel media outlet said.",
            "the Orel media outlet",
        ),
        ("Vell Power said that aid came. The law firm said that it left.", "The law firm"),
    ],
)
def test_a_description_that_does_not_fit_stays_as_written(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (KERN + "Nadia Orel replied on Monday. She said that boats will sail.", "Nadia Orel"),
        ("Nadia Orel met Otto Kern. He said that boats will sail.", "Otto Kern"),
        ("Nadia Orel met Otto Kern. She said that boats will sail.", "Nadia Orel"),
        # Another subject came between.
        (
            "Paul Ness said that aid came. Envoy Otto Kern shook his head. "
            "He said that none had come.",
            "Otto Kern",
        ),
        # Whom somebody quotes does not speak on.
        ('"People say that we lie," Otto Kern said. He added that they are wrong.', "Otto Kern"),
        ("Aid came, the Vell Post reported, citing Otto Kern. It said that more follows.", None),
    ],
)
def test_a_pronoun_goes_to_who_fits_it(text: str, speaker: str | None) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "According to the Ministry of the Interior, the road is open.\n\n"
            "The ministry said that it stays open.",
            "the Ministry of the Interior",
        ),
        (
            "The Bank of Dorna warned that money is short. The bank said that it will act.",
            "The Bank of Dorna",
        ),
        ("The head of the Bank of Dorna, Mark Tore, said that money is short.", "Mark Tore"),
        ("Karim an-Nasri left. According to an-Nasri, the road is open.", "Karim an-Nasri"),
        ("Ex-President Otto Kern said that the road is open.", "Otto Kern"),
        ("Officially, the road is open, Otto Kern said.", "Otto Kern"),
        (
            "Officials at the Department of Health said that it rains.",
            "Officials at the Department of Health",
        ),
    ],
)
def test_names_are_whole_and_without_what_stands_before_them(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize("word", ["Some", "Many", "Others", "Several"])
def test_a_quantifier_alone_names_nobody(word: str) -> None:
    assert last_speaker(f"{word} said that the road is open.") is None


def test_a_statement_is_whose_it_is_where_somebody_has_spoken_in_it() -> None:
    body = "The Vell Works said in a statement that pipes burst.\n\n"
    said = last_speaker(body + '"We repair them," the statement said.')
    assert said in ("The Vell Works", "Vell Works", "the Vell Works")
    issued = "The ministry issued a statement.\n\n"
    assert last_speaker(issued + '"We repair them," the statement said.') == "the statement"


def test_a_surname_that_two_bear_names_neither_until_one_has_spoken() -> None:
    two = "Ana Rell met Otto Rell in Vell.\n\n"
    assert last_speaker(two + "Rell said that the road is open.") is None
    spoke = "Ana Rell said that aid came. "
    assert last_speaker(two + spoke + "Rell added that the road is open.") == "Ana Rell"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Of several with a surname the one named first is meant, or whom the title fits.
        (
            "Ana Rell came.\n\nIt rained.\n\nOtto Rell left.\n\nSun.\n\nWind.\n\nRell said no.",
            "Ana Rell",
        ),
        ("Otto Rell and Anna Rell left. Mrs. Rell said that aid came.", "Anna Rell"),
        # What somebody is in or at once makes no place of a name.
        (
            "Otto Kern left. Trust in Kern grew. Kern came. Kern sat. Kern ate. "
            "Kern said that aid came.",
            "Otto Kern",
        ),
        ("In Kern's town it rained. Otto Kern left. Kern said that aid came.", "Otto Kern"),
        ("Polly Kern left. Kern said that aid came.", "Polly Kern"),
        ("A worker named Otto Kern said that aid came.", "Otto Kern"),
    ],
)
def test_a_surname_has_the_full_name_of_its_bearer(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Rell and Otto Kern said that aid came. She said that boats sail.", "Ana Rell"),
        ('Dr. Tarin left. She sat. Dr. Tarin ate as she sang.\n\n"No," he said.', None),
        # Who is forced has not spoken.
        (
            'Otto Kern said that aid came.\n\nIt forced Paul Ness out. "Aid came," he said.',
            "Otto Kern",
        ),
        ("The ships passed the Vell Bank.\n\nIt said that aid came.", None),
    ],
)
def test_a_pronoun_means_one_of_a_pair_and_nobody_named_in_passing(
    text: str, speaker: str | None
) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Herald quoted Otto Kern, a farmer, as saying that troops left.", "Otto Kern"),
        ("Otto Kern drafted a memo asking to review the forces.", "Otto Kern"),
        ("He met Otto Kern, an envoy and member of the party, who said troops left.", "Otto Kern"),
        (
            "A source in the Dorna Defense Ministry said that troops left.",
            "A source in the Dorna Defense Ministry",
        ),
        ("Troops left, according to US media reports.", "US media reports"),
        (
            "Otto Kern met Ana Rell.\n\nAfter talks with Otto Kern, the judge said it is over.",
            "the judge",
        ),
    ],
)
def test_who_is_meant_stands_beside_what_only_tells_of_it(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It separates those who said that aid came from others.", None),
        ("It is hard to find anyone who believes that aid came.", None),
        ("Every citizen of Vell is certain that aid came.", None),
        ("Any official is sure that aid came.", None),
        (
            "The region of Vell is poor. Otto sat in Vell. The region believes that aid came.",
            "The region",
        ),
        ("The three envoys found said that aid came.", "The three envoys"),
    ],
)
def test_nobody_in_particular_and_pieces_of_clauses_are_no_speakers(
    text: str, speaker: str | None
) -> None:
    assert last_speaker(text) == speaker

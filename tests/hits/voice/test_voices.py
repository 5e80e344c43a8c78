"""Who says what a hit stands in: narrator, quotation or paraphrase, and by whom."""

import pandas as pd
import pytest

import analysis as fa


def voices(text: str, *words: str) -> list[tuple[str, str | None, bool]]:
    """Return voice, speaker and scare quotes of each of the words, in order of place."""
    lexicon = fa.lexicon_from_dict("marked", {"k": sorted({word.lower() for word in words})})
    hits = fa.find_hits(fa.split_paragraphs(fa.documents_from_texts([text])), lexicon)
    return [
        (row.voice, None if pd.isna(row.speaker) else row.speaker, bool(row.scare_quote))
        for row in hits.itertuples()
    ]


NARRATOR = ("narrator", None, False)


@pytest.mark.parametrize(
    ("text", "voice", "speaker"),
    [
        ("The border is open.", "narrator", None),
        ("The minister said that the border is open.", "paraphrase", "The minister"),
        ("The border is open, the minister said.", "paraphrase", "the minister"),
        ("The border is open, said Ana Rell.", "paraphrase", "Ana Rell"),
        ("According to the agency, the border is open.", "paraphrase", "the agency"),
        ("The border is open, according to Ana Rell.", "paraphrase", "Ana Rell"),
        ("The envoy fears that the border is open.", "paraphrase", "The envoy"),
        ("In the words of Ana Rell, the border is open.", "paraphrase", "Ana Rell"),
        ("\u201cThe border is open,\u201d Ana Rell said.", "quote", "Ana Rell"),
        ('"The border is open," said Ana Rell.', "quote", "Ana Rell"),
        ("'The border is open,' said Ana Rell.", "quote", "Ana Rell"),
        ("\u00abThe border is open,\u00bb said Ana Rell.", "quote", "Ana Rell"),
        ("Ana Rell said: \u201cThe border is open.\u201d", "quote", "Ana Rell"),
        ("Ana Rell said: \u201cThe border is open and wide.", "quote", "Ana Rell"),
        ("Ana Rell: \u201cThe border is open.\u201d", "quote", "Ana Rell"),
        ("Ana Rell, the envoy, said that the border is open.", "paraphrase", "Ana Rell"),
        ("The Kremlin spokesman Ana Rell said the border is open.", "paraphrase", "Ana Rell"),
        ("President Ana Rell told reporters that the border is open.", "paraphrase", "Ana Rell"),
    ],
)
def test_a_hit_has_the_voice_and_speaker_of_its_words(
    text: str, voice: str, speaker: str | None
) -> None:
    assert voices(text, "border") == [(voice, speaker, False)]


def test_the_words_that_name_a_source_and_those_that_cite_it_are_the_narrators() -> None:
    found = voices("The border agency warned that the border is open.", "border", "warned")
    assert found == [NARRATOR, NARRATOR, ("paraphrase", "The border agency", False)]


def test_only_the_clause_that_is_attributed_is_the_sources() -> None:
    text = "The border is open. The minister said that aid is late. The border stays open."
    assert voices(text, "border", "aid") == [
        NARRATOR,
        ("paraphrase", "The minister", False),
        NARRATOR,
    ]


@pytest.mark.parametrize("opening", ["In addition", "For example", "Moreover", "Also"])
@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Talks failed, the minister said on Monday.", "the minister"),
        ("According to the agency, talks failed.", "the agency"),
        ("The talks, the minister said, failed.", "the minister"),
        ("The minister said that talks failed.", None),
        ("\u201cTalks failed,\u201d the minister said.", None),
        ("Talks failed, the minister said. Rain fell.", None),
        ("Talks failed.", None),
    ],
)
def test_a_sentence_that_adds_goes_on_with_what_was_told_before_its_source(
    opening: str, before: str, speaker: str | None
) -> None:
    added = ("narrator" if speaker is None else "paraphrase", speaker, False)
    text = f"{before} {opening}, the border is open. Moreover, aid is late. The road is shut."
    assert voices(text, "border", "aid", "road") == [added, added, NARRATOR]


def test_a_sentence_that_adds_with_a_source_of_its_own_goes_on_with_nothing() -> None:
    text = "Talks failed, the minister said. In addition, Ana Rell said the border is open."
    assert voices(text, "border") == [("paraphrase", "Ana Rell", False)]
    text = "Talks failed, the minister said. Also on Monday, the border was open."
    assert voices(text, "border") == [NARRATOR]


def test_the_innermost_source_speaks() -> None:
    text = "Ana Rell said that the envoy claimed that the border is open."
    assert voices(text, "border") == [("paraphrase", "the envoy", False)]


def test_a_quotation_that_is_interrupted_has_one_speaker() -> None:
    text = "\u201cThe border,\u201d Ana Rell said, \u201cis open to aid.\u201d"
    assert voices(text, "border", "aid") == [("quote", "Ana Rell", False)] * 2


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = (
        "\u201cThe road is open,\u201d {} said. \u201cWe wait.\n\n\u201cNothing moves.\n\n"
        "\u201cThe border stays open for aid.\u201d"
    )
    assert voices(text.format("Ana Rell"), "border") == [("quote", "Ana Rell", False)]
    assert voices(text.format("she"), "border") == [("quote", None, False)]


def test_a_paragraph_of_quotation_belongs_to_who_spoke_before() -> None:
    text = "Ana Rell said that talks failed.\n\n\u201cThe border is open.\u201d"
    assert voices(text, "border") == [("quote", "Ana Rell", False)]


def test_a_quotation_with_nobody_near_has_no_speaker() -> None:
    text = "Ana Rell said no.\n\nIt rained.\n\n\u201cThe border is wide open.\u201d"
    assert voices(text, "border") == [("quote", None, False)]
    assert voices(f"{text}\n\n\u201cThe aid is late too.\u201d", "aid") == [("quote", None, False)]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy spoke. Dmitry Orlen, its head, said talks failed. {} said the border is open.",
        "{} said the border is open. It was the first speech of Dmitry Orlen.",
    ],
)
@pytest.mark.parametrize("source", ["Orlen", "Mr Orlen", "President Orlen", "Mr. Orlen"])
def test_a_surname_stands_for_the_full_name(text: str, source: str) -> None:
    assert voices(text.format(source), "border")[-1] == ("paraphrase", "Dmitry Orlen", False)


def test_a_pronoun_stands_for_who_spoke_before_also_paragraphs_ago() -> None:
    text = "Ana Rell said no.\n\nIt rained.\n\nShe said that the border is open."
    assert voices(text, "border") == [("paraphrase", "Ana Rell", False)]


def test_a_place_is_no_surname() -> None:
    text = "Protests grew in Vell. Old Vell was full. Vell said that the border is open."
    assert voices(text, "border") == [("paraphrase", "Vell", False)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called \u201cborder\u201d is a fence.",
        "A 'safe border' it is.",
        'Its "border" is open.',
    ],
)
def test_one_or_two_words_in_quotation_marks_are_scare_quotes(text: str) -> None:
    assert voices(text, "border") == [("narrator", None, True)]


def test_scare_quotes_within_what_a_source_says_are_the_sources() -> None:
    text = "The minister said that the \u201cborder\u201d is open."
    assert voices(text, "border") == [("quote", "The minister", True)]
    text = "\u201cTheir \u2018border\u2019 is none of ours,\u201d Ana Rell said."
    assert voices(text, "border") == [("quote", "Ana Rell", True)]


def test_one_word_of_speech_is_no_scare_quote() -> None:
    assert voices("\u201cBorder!\u201d said Ana Rell.", "border") == [("quote", "Ana Rell", False)]


def test_a_stray_mark_swallows_no_more_than_its_sentence() -> None:
    text = "He called it \u201ca border that is open. The border is closed. The border stays."
    assert [row[0] for row in voices(text, "border")] == ["quote", "narrator", "narrator"]


def test_a_hit_names_the_words_that_credit_its_speaker() -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": ["border"]})
    text = "The border is open, according to Ana Rell."
    (hit,) = fa.find_hits(
        fa.split_paragraphs(fa.documents_from_texts([text])), lexicon
    ).itertuples()
    assert (hit.voice_cue, hit.speaker) == ("according to", "Ana Rell")


def test_voices_do_not_depend_on_how_texts_are_cut_into_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [
        f"Ana Rell{n} said no.\n\nThe border is wide.\n\nRell{n} said the border is open."
        for n in range(30)
    ]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts(texts))
    lexicon = fa.lexicon_from_dict("k", {"k": ["border"]})
    whole = fa.find_hits(paragraphs, lexicon)
    for size in (1, 70, 500):
        monkeypatch.setattr("analysis.hits.matching.engine._BATCH_CHARACTERS", size)
        pd.testing.assert_frame_equal(fa.find_hits(paragraphs, lexicon), whole)
    assert whole["speaker"].dropna().tolist() == [f"Ana Rell{n}" for n in range(30)]


def test_a_document_of_many_paragraphs_without_names_takes_linear_time() -> None:
    texts = ["He said the border is open."] * 20_000
    paragraphs = pd.DataFrame(
        {"document_id": "a", "paragraph": range(len(texts)), "start": 0, "text": texts}
    )
    lexicon = fa.lexicon_from_dict("k", {"k": ["border"]})
    assert fa.find_hits(paragraphs, lexicon)["speaker"].isna().all()
    quoted = paragraphs.assign(text="\u201cThe border is open to all.\u201d")
    assert fa.find_hits(quoted, lexicon)["speaker"].isna().all()


@pytest.mark.parametrize(
    "name",
    [
        "Otto Kern",
        "Otto\u00a0Kern",
        "O. Kern",
        "Otto von Kern",
        "Élan Kern",
        "Otto O\u2019Kern",
        "Otto Kern-Voss",
    ],
)
def test_a_name_is_read_whole_whatever_its_letters(name: str) -> None:
    text = f"{name} said the border is open."
    assert voices(text, "border") == [("paraphrase", name.replace("\u00a0", " "), False)]


@pytest.mark.parametrize(
    "name",
    [
        "Vell Today",
        "USA Today",
        "The Sunday Times",
        "the Saturday Evening Post",
        "the North Vell Morning Post",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "{} said on Monday that the border is open.",
        "The border is open, {} said Monday.",
        "According to {}, the border is open.",
        "\u201cThe border is open,\u201d said {} on Sunday.",
    ],
)
def test_a_time_in_the_name_of_a_medium_is_part_of_it(name: str, text: str) -> None:
    text = text.format(name)
    [(_, speaker, _)] = voices(f"Rain fell. {text[0].upper()}{text[1:]}", "border")
    assert str(speaker).lower() == name.lower()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("KESTRA (Agency) - Rain fell.\n\nKestra said the border is open.", "Kestra"),
        ("KESTRA (Agency) - Ana Rell left, saying the border is open.", "Ana Rell"),
        ("Foreign Voices: Who Wants the Border?\n\nRain fell.", None),
        ("They\u2019ve met. We\u2019re calm.\n\nThey say the border is open.", None),
        ("I\u2019m calm. Ana Rell said the border is open.", "Ana Rell"),
    ],
)
def test_datelines_adjectives_and_contractions_name_nobody(text: str, speaker: str | None) -> None:
    assert voices(text, "border")[0][1] == speaker


@pytest.mark.parametrize("opening", ["On Sunday ", "Today ", "But Today ", "On Monday evening, "])
def test_a_time_before_a_name_is_no_part_of_it(opening: str) -> None:
    assert voices(f"{opening}Ana Rell said the border is open.", "border")[0][1] == "Ana Rell"


def test_words_are_told_apart_behind_more_than_are_remembered() -> None:
    many = " ".join(f"They said that w{number} left." for number in range(40_000))
    text = f"{many} Ana Rell said that the border is open."
    assert voices(text, "border") == [("paraphrase", "Ana Rell", False)]

import re

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError

DEMO = fa.lexicon_from_dict("demo", {"security": ["threat*"], "welfare": ["aid"]})
# Invented.
SPOKEN = (
    "Threat grows\n\n"
    "Aid came. The threat may grow, Ana Rell said.\n\n"
    '"It is a threat and no aid," said Ben Toll. A threat was denied by Ana Rell.\n\n'
    "The threat is real."
)


def describe(text: str, lexica: object = DEMO, *, in_context: bool = True) -> list[str]:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text], ["a"]))
    hits = fa.find_hits(paragraphs, lexica, in_context=in_context)
    scores = fa.score_paragraphs(paragraphs, hits, lexica)
    return fa.describe_document(paragraphs, hits, scores, document_id="a").splitlines()


def with_threats(*counts: int) -> str:
    return "\n\n".join(f"It was {'a threat, ' * count}so it goes on." for count in counts)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 1), "1 hit in paragraph 1"),
        ((2, 0, 0, 1), "3 hits in paragraphs 0 and 3"),
        ((2, 0, 3, 1), "6 hits in paragraphs 0, 2 and 3"),
        ((1, 1, 1), "3 hits in paragraphs 0 to 2"),
        ((1, 1, 4, 1, 1), "8 hits in 5 of 5 paragraphs, densest in paragraphs 0 to 2 (6)"),
        # A run that begins or ends with a paragraph without hits is told without it.
        (
            (1, 0, 0, 0, 4, 1, 0, 1),
            "7 hits in 4 of 8 paragraphs, densest in paragraphs 4 and 5 (5)",
        ),
        ((1, 0, 0, 5, 0, 0, 1, 0, 1), "8 hits in 4 of 9 paragraphs, densest in paragraph 3 (5)"),
        ((2, 2, 0, 0, 2, 2), "8 hits in 4 of 6 paragraphs, spread over the text"),
        ((1, 0, 0, 1, 0, 0, 1, 1), "4 hits in 4 of 8 paragraphs, spread over the text"),
    ],
)
def test_places_are_named_or_the_densest_of_them(counts: tuple[int, ...], told: str) -> None:
    assert (
        describe(with_threats(*counts))[0] == f"Security has {told}. There are no hits of welfare."
    )


def test_paragraphs_that_are_not_there_are_not_named() -> None:
    text = with_threats(1, 0, 0, 4, 0, 2, 1, 0, 1)
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([text], ["a"]))
    paragraphs = paragraphs[paragraphs["paragraph"] != 4]
    hits = fa.find_hits(paragraphs, DEMO)
    scores = fa.score_paragraphs(paragraphs, hits, DEMO)
    told = fa.describe_document(paragraphs, hits, scores, document_id="a")
    assert "9 hits in 5 of 8 paragraphs, densest in paragraphs 3, 5 and 6 (7)" in told


def test_numbers_are_those_of_the_tables() -> None:
    lexica = [DEMO, fa.load_lexicon("hedging")]
    tables = fa.analyze(fa.documents_from_texts([SPOKEN], ["a"]), lexica)
    hits = tables["hits"]
    told = "\n".join(describe(SPOKEN, lexica))
    for row in tables["document_scores"].itertuples():
        assert re.search(rf"(?i){row.category} has {row.n_hits} hit|{row.n_hits} hits? of", told)
    frames = hits[hits["lexicon"] == DEMO.id]
    voices = frames["voice"].value_counts()
    assert f"Of the {len(frames)} hits of frames, the narrator says {voices['narrator']} (" in told
    assert f"quotations hold {voices['quote']} (" in told
    assert f"paraphrases hold {voices['paraphrase']} (" in told
    speakers = fa.count_speakers(frames).groupby("speaker")["n_hits"].sum()
    for name in ("Ana Rell", "Ben Toll"):
        assert re.search(rf"{name} \({speakers[name]}( hits?)?\)", told)
    for verb, kind in (("reach", "hedged"), ("negations", "negated")):
        number = (frames["certainty"] == kind).sum()
        assert f"{verb} {number} ({100 * number / len(frames):.0f} %)" in told


def test_frames_come_by_their_hits_and_the_headline_is_told_of() -> None:
    first = describe(SPOKEN)[0]
    assert first.index("Security has") < first.index("Welfare has")
    assert first.endswith(". The headline has 1 of security.")
    assert describe("Rain falls\n\nA threat.")[0].endswith(". The headline has no hit.")


def test_without_hits_only_what_is_absent_is_told() -> None:
    assert describe("Rain fell.") == ["No hits of security or welfare in 1 paragraph."]
    # What an exclusion vetoes does not count.
    lexicon = fa.lexicon_from_dict(
        "demo", {"security": {"terms": ["threat"], "exclude": ["empty threat"]}}
    )
    assert describe("An empty threat.", lexicon) == ["No hits of security in 1 paragraph."]


def test_an_unknown_voice_is_said_with_the_reason() -> None:
    unmarked = "the threat grew and nobody came to the hills with aid " * 12
    told = "Who says it, and how surely, is unknown: "
    assert describe(unmarked)[1] == f"{told}the text has no capitals or no full stops."
    assert describe(SPOKEN, in_context=False)[1] == f"{told}it was not determined."


def test_hits_without_a_voice_are_told_apart_from_those_with_one() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([SPOKEN], ["a"]))
    hits = fa.find_hits(paragraphs, DEMO)
    scores = fa.score_paragraphs(paragraphs, hits, DEMO)
    hits.loc[0, ["voice", "certainty"]] = pd.NA
    told = fa.describe_document(paragraphs, hits, scores, document_id="a")
    assert f"Of the {len(hits) - 1} hits of frames with a known voice ({len(hits)} in all)" in told


def test_voices_without_hits_are_not_told_and_nothing_hedged_is_said_so() -> None:
    told = describe("Aid came.\n\nThe threat is real.")
    assert told[1] == "Of the 2 hits of frames, the narrator says 2 (100 %)."
    assert told[2] == "No hedge and no negation reaches any of them."


def test_many_categories_and_speakers_are_summed_up() -> None:
    names = "abcdefgh"
    lexicon = fa.lexicon_from_dict("demo", {name: [f"word{name}"] for name in names})
    text = " ".join(f"Word{name} fell." for name in names)
    assert ". 2 others have 2 hits together." in describe(text, lexicon)[0]
    people = ("Ana Rell", "Ben Toll", "Cleo Marsh", "Dan Webb", "Eve Hart")
    said = " ".join(f"The threat grows, {name} said." for name in people)
    told = ". The speakers are Ana Rell (1 hit), Ben Toll (1), Cleo Marsh (1) and 2 others (2)."
    assert describe(said)[1].endswith(told)


def test_a_lexicon_of_hedges_alone_is_told_of_as_a_frame_is() -> None:
    assert (
        describe("It may rain.", fa.load_lexicon("hedging"))[0]
        == "Hedging has 1 hit in paragraph 0."
    )


def test_what_does_not_belong_together_is_refused() -> None:
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([SPOKEN], ["a"]))
    hits = fa.find_hits(paragraphs, DEMO)
    scores = fa.score_paragraphs(paragraphs, hits, DEMO)
    with pytest.raises(TableError, match="paragraphs has no document 'b'"):
        fa.describe_document(paragraphs, hits, scores, document_id="b")
    other = scores[scores["category"] == "welfare"]
    with pytest.raises(TableError, match=r"lack the category 'security' of demo.*give the scores"):
        fa.describe_document(paragraphs, hits, other, document_id="a")

"""Voices and speakers as tables of the researcher's tell them."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ArgumentError, TableError

LEXICON = fa.lexicon_from_dict("demo", {"threat": ["threat*", "security", "border"]})
ARTICLES = {
    "plain": "The threat is real.",
    "news": 'The threat is real, Ana Rell said. She added it was a "grave threat to all of us".\n\n'
    "“The border holds,” she said. Critics fear that security is weak. Troops met at the border.",
    "scare": 'The so-called "threat" was no threat, according to the ministry.',
    "talk": "Q: Is the threat real?\n\nA: The threat is. The minister said that security fails.\n\n"
    "Q: And the border?\n\nA: The border, too.",
}
SAID = ["voice", "speaker", "speaker_kind", "speaker_mention"]


def split(articles: dict[str, str]) -> pd.DataFrame:
    return fa.split_paragraphs(fa.documents_from_texts(articles.values(), articles.keys()))


def row(document: str, text: str, said: str, **others: object) -> dict[str, object]:
    start = text.index(said)
    names = ["cue", "cue_start", "cue_end", "source", "source_start", "source_end"]
    names += ["speaker", "speaker_kind", "speaker_mention"]
    content = {"content_start": start, "content_end": start + len(said), "kind": "paraphrase"}
    return {"document_id": document, "paragraph": 0, **dict.fromkeys(names), **content, **others}


@pytest.mark.parametrize("article", ARTICLES)
def test_attributions_that_were_found_give_the_voices_that_hits_have(article: str) -> None:
    paragraphs = split({article: ARTICLES[article]})
    hits = fa.find_hits(paragraphs, LEXICON)
    found = fa.find_attributions(paragraphs)
    told = fa.find_hits(paragraphs, LEXICON, attributions=found)
    pd.testing.assert_frame_equal(told, hits)


def test_the_order_of_rows_and_a_way_through_a_file_change_nothing(tmp_path: Path) -> None:
    paragraphs = split(ARTICLES)
    found = fa.find_attributions(paragraphs)
    fa.save_table(found, tmp_path / "attributions.csv")
    read = pd.read_csv(tmp_path / "attributions.csv")
    for table in (found.iloc[::-1], found.sample(frac=1, random_state=3), read):
        told = fa.find_hits(paragraphs, LEXICON, attributions=table)
        pd.testing.assert_frame_equal(told, fa.find_hits(paragraphs, LEXICON))


def test_the_innermost_row_tells_the_voice_and_an_act_tells_none() -> None:
    text = "Rell warned the threat at the border grew, while security was fine."
    paragraphs = split({"a": text})
    rows = [
        row("a", text, "the threat at the border grew", speaker="Rell", cue="warned"),
        row("a", text, "border", speaker="Brook", kind="quote"),
        row("a", text, "security was fine", speaker="Kern", kind="act"),
    ]
    hits = fa.find_hits(paragraphs, LEXICON, attributions=pd.DataFrame(rows))
    assert hits["voice"].tolist() == ["paraphrase", "quote", "narrator"]
    assert hits["speaker"].fillna("").tolist() == ["Rell", "Brook", ""]
    assert hits["voice_cue"].fillna("").tolist() == ["warned", "", ""]


def test_documents_that_the_table_does_not_name_have_no_voice_and_keep_their_certainty() -> None:
    paragraphs = split({"a": "The threat, Rell said.", "b": "There is no threat, Rell said."})
    table = fa.find_attributions(paragraphs)
    hits = fa.find_hits(paragraphs, LEXICON, attributions=table[table["document_id"] == "a"])
    assert hits[SAID].notna().to_numpy().tolist() == [[True] * 4, [False] * 4]
    assert hits["certainty"].tolist() == ["asserted", "negated"]
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "certainty"])
    assert scores["n_hits"].sum() == 2
    assert fa.count_speakers(hits)["n_hits"].sum() == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"document_id": "other"}, "paragraphs lack"),
        ({"paragraph": 7}, "paragraphs lack"),
        ({"content_end": 10_000}, "has a content that does not lie within its paragraph"),
        ({"content_start": 12, "content_end": 4}, "has a content that does not lie"),
        ({"cue_start": 5, "cue_end": 9_999}, "has a cue that does not lie"),
        ({"source_start": 3}, "has one end of its source only"),
        ({"kind": "reported"}, "has another kind; give quote, paraphrase, act"),
    ],
)
def test_a_row_that_does_not_fit_the_text_is_refused_by_its_number(
    change: dict[str, object], fault: str
) -> None:
    text = "The threat is real, Rell said."
    rows = [row("a", text, "The threat"), row("a", text, "The threat is real", **change)]
    with pytest.raises(TableError, match=fault) as refused:
        fa.find_hits(split({"a": text}), LEXICON, attributions=pd.DataFrame(rows))
    assert "row 1 of the attributions table" in str(refused.value)


def test_tables_of_the_context_are_refused_where_it_is_not_wanted() -> None:
    paragraphs = split({"a": "The threat."})
    table = fa.find_attributions(paragraphs)
    with pytest.raises(ArgumentError, match="in_context"):
        fa.find_hits(paragraphs, LEXICON, attributions=table, in_context=False)


NEWS = {
    "a": "The threat grows, Donald Trump said. The Senate said the border is open.",
    "b": "The threat grows, Trump said. Critics said security fails. The border is open.",
}


def names(*rows: tuple[str | None, str, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["document_id", "form", "speaker", "group"])


def groups(table: pd.DataFrame) -> list[tuple[str, str]]:
    hits = fa.find_hits(split(NEWS), LEXICON, speakers=table)
    columns = hits[["speaker", "speaker_group"]].fillna("")
    return list(columns.itertuples(index=False, name=None))


def test_forms_unite_across_documents_without_case_and_articles() -> None:
    table = names((None, "TRUMP", "Donald Trump", "government"), (None, "senate", None, "house"))
    assert groups(table) == [
        ("Donald Trump", "government"),
        ("senate", "house"),
        ("Donald Trump", "government"),
        ("Critics", ""),
        ("", ""),
    ]


def test_a_row_for_one_document_wins_over_one_for_all() -> None:
    table = names((None, "Trump", "Donald Trump", "x"), ("b", "the Trump", "Eric Trump", "y"))
    assert [groups(table)[n] for n in (0, 2)] == [("Donald Trump", "x"), ("Eric Trump", "y")]
    assert groups(table.iloc[::-1]) == groups(table)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Trump", "Donald Trump", "x"), ("the trump", "Eric Trump", "x")),
        (("Trump", "Donald Trump", "x"), ("Trump", "Donald Trump", "y")),
        (("Trump", "Donald Trump", "x"), ("Mr Trump", "Donald Trump", "y")),
    ],
)
def test_two_rows_that_disagree_are_refused(one: tuple, two: tuple) -> None:
    with pytest.raises(TableError, match="rows 0 and 1 of the speaker_names table disagree"):
        groups(names((None, *one), (None, *two)))


def test_scores_split_by_groups_add_up_and_name_what_has_no_group() -> None:
    paragraphs = split(NEWS)
    table = names((None, "Trump", "Donald Trump", "government"), (None, "Senate", None, "house"))
    hits = fa.find_hits(paragraphs, LEXICON, speakers=table)
    scores = fa.score_paragraphs(paragraphs, hits, LEXICON, split=["voice", "speaker_group"])
    counted = fa.score_documents(scores).groupby("speaker_group", dropna=False)["n_hits"].sum()
    assert {"" if pd.isna(name) else name: n for name, n in counted.items()} == {
        "government": 2,
        "house": 1,
        "": 2,
    }
    assert len(scores) == len(paragraphs) * 3 * 3


def test_without_names_the_groups_are_null() -> None:
    hits = fa.find_hits(split(NEWS), LEXICON)
    assert hits["speaker_group"].isna().all()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(None, "Rell", "Ana Rell", "Greens")], ("Ana Rell and Kern", None)),
        (
            [(None, "Rell", "Ana Rell", "Greens"), (None, "Kern", "Otto Kern", "Greens")],
            ("Ana Rell and Otto Kern", "Greens"),
        ),
        (
            [(None, "Rell", "Ana Rell", "Greens"), (None, "Kern", "Otto Kern", "Labour")],
            ("Ana Rell and Otto Kern", None),
        ),
        # One person under two names, and a whole that has a row of its own.
        ([(None, "Rell", "Ana", "G"), (None, "Kern", "Ana", "G")], ("Ana", "G")),
        (
            [(None, "Rell", "Ana Rell", "Greens"), (None, "Rell and Kern", "The duo", "Both")],
            ("The duo", "Both"),
        ),
        (
            [(None, "Rell", "Ana Rell", "Greens"), ("a", "Kern", "Otto Kern", "Greens")],
            ("Ana Rell and Otto Kern", "Greens"),
        ),
    ],
)
def test_speakers_who_speak_together_are_united_each(
    rows: list[tuple[str | None, str, str | None, str | None]], found: tuple[str, str | None]
) -> None:
    paragraphs = split({"a": "Rell and Kern said the threat grows."})
    hits = fa.find_hits(paragraphs, LEXICON, speakers=names(*rows))
    speaker, group = hits[["speaker", "speaker_group"]].iloc[0]
    assert (speaker, None if pd.isna(group) else group) == found

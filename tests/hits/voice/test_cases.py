"""Voices and speakers of texts that lie beside the project, each of which stands for a kind."""

import json
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from tests.reference_cases import OUTSIDE

pytestmark = pytest.mark.cases
_CONTEXT, _COMMENTARY = OUTSIDE / "context_cases.json", OUTSIDE / "commentary_places.json"
# Not reached: what the paragraph before is about speaks on in a quotation without any cue.
_OPEN = {"protecting the citizens"}


def _cases() -> list[Any]:
    if not _CONTEXT.is_file():
        return []
    cases = json.loads(_CONTEXT.read_text("utf-8"))
    return [case for case in cases if all("voice" in place for place in case["expected"])]


def _found(hits: pd.DataFrame) -> list[tuple[str, str | None]]:
    return [
        (voice, None if pd.isna(speaker) else speaker)
        for voice, speaker in hits[["voice", "speaker"]].itertuples(index=False)
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in _cases()])
def test_a_text_has_the_voice_and_the_speaker_that_it_was_written_for(case: Any) -> None:
    lexicon = fa.lexicon_from_dict("k", {"k": case["terms"]})
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([case["text"]]))
    expected = [(place["voice"], place["speaker"]) for place in case["expected"]]
    assert _found(fa.find_hits(paragraphs, lexicon)) == expected, case["kind"]


def test_the_places_of_a_commentary_have_one_of_their_right_voices() -> None:
    if not _COMMENTARY.is_file():
        pytest.skip(f"there is no {_COMMENTARY}")
    content = json.loads(_COMMENTARY.read_text("utf-8"))
    article = OUTSIDE.parent / "corpus" / "articles" / content["file"]
    if not article.is_file():
        pytest.skip(f"there is no {article}")
    paragraphs = fa.split_paragraphs(fa.read_documents(article))
    hits = fa.find_hits(paragraphs, fa.load_lexicon("framing"))
    hits = hits[hits["blocked_by"].isna()].set_index("start")
    wrong = []
    for place in content["places"]:
        if place["start"] in hits.index and place["surface"] not in _OPEN:
            found = _found(hits.loc[[place["start"]]])[0]
            right = [(one["voice"], one["speaker"]) for one in place["right"]]
            wrong += [] if found in right else [(place["surface"], found, right)]
    assert not wrong

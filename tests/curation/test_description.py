"""The paragraph on a curation: every number comes from the tables."""

import re
from typing import Any

import pytest

import analysis as fa
from analysis.errors import MediaFramingError
from analysis.statistics.intervals import wilson_interval
from analysis.tables.checks import empty_table
from tests.builders import paragraphs_of
from tests.curation.curating import TIME, decided, entry, lexicon, undone

TEXTS = ["Talks and talks.\n\nA truce.", "A talks show. Dialogue.", "Rain.\n\nA truce, a deal."] * 3


def numbers_in(text: str) -> list[float]:
    # The days and the id are checked by themselves.
    bare = re.sub(r"\S+@\S+|\d{4}-\d\d-\d\d", "", text)
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", bare)]


@pytest.fixture
def made() -> dict[str, Any]:
    start = lexicon("dialogue", "talks", definition="Parties talk.")
    own, log = start, empty_table("decisions")
    narrow = entry("talks", unless=["talks show"])
    for day, step in enumerate(
        [
            ("accept", entry("truce")),
            ("accept", entry("deal")),
            ("reject", entry("rain")),
            ("exclude", entry("talks"), narrow),
            ("change", narrow, entry("talks", unless=["talks show"], kind="event")),
            ("accept", entry("pact")),
            ("drop", entry("dialogue")),
        ],
        1,
    ):
        own, log = decided(own, log, *step, time=f"2026-03-0{day}T09:30:00Z")
    own, log = undone(own, log, 6)
    own, log = decided(own, log, "define", definition="Parties talk to each other.")
    hits = fa.find_hits(paragraphs_of(*TEXTS), own)
    counted = hits[hits["blocked_by"].isna() & hits["entry"].ne("deal")]
    codes = ["0" if n % 2 else "1" for n in range(len(counted))]
    judgements = counted.assign(coder="Ana", code=codes, time=TIME, text_hash="0")
    judgements.loc[judgements["entry"] == "truce", "code"] = "1"
    judgements.loc[judgements.index[::2], "coder"] = "Ben"
    return {"start": start, "lexicon": own, "decisions": log, "hits": hits, "judged": judgements}


def test_every_number_of_the_paragraph_comes_from_the_tables(made: dict[str, Any]) -> None:
    own, log, hits, judgements = (made[name] for name in ("lexicon", "decisions", "hits", "judged"))
    text = fa.describe_curation(own, log, judgements=judgements, hits=hits)
    gone = set(log["undoes"].dropna())
    standing = log[~log["number"].isin(gone)]["decision"].value_counts()
    kinds = ("accept", "reject", "exclude", "change", "drop", "define")
    table = fa.entry_precision(hits, judgements)
    read = table[table["n_judged"] > 0]
    n_true, n_judged = int(table["n_true"].sum()), int(table["n_judged"].sum())
    bounds = wilson_interval(n_true, n_judged)
    low = read[read["precision"] < 0.8].iloc[0]
    expected = [
        *(len(made["start"].entries), len(own.entries)),
        *(log["decision"].ne("undo").sum(), len(gone)),
        *(standing[kind] for kind in kinds),
        *(n_judged, table["n_hits"].sum(), len(read), len(table), n_true),
        *(round(share, 2) for share in (n_true / n_judged, bounds.low, bounds.high)),
        *(95, 0.8, round(low["precision"], 2), low["n_judged"]),
    ]
    assert numbers_in(text) == [float(number) for number in expected]
    assert own.id in text
    assert "2026-03-01 to 2026-03-07" in text
    assert "Ana and Ben judged" in text
    assert f"Below 0.80: {low['entry']} (" in text
    assert "\n" not in text
    assert "nan" not in text.lower()


def test_without_judgements_or_decisions_it_says_so(made: dict[str, Any]) -> None:
    own = lexicon()
    text = fa.describe_curation(own, empty_table("decisions"))
    assert text == f"The lexicon {own.id} began with 2 entries and has 2 entries now. " + (
        "No decision is in its log."
    )
    text = fa.describe_curation(
        made["lexicon"],
        made["decisions"],
        judgements=empty_table("judgements"),
        hits=made["hits"],
    )
    n = made["hits"]["blocked_by"].isna().sum()
    assert text.endswith(f"Of its {n} counted hits none was judged.")


def test_a_lexicon_changed_by_hand_leaves_open_with_what_it_began(made: dict[str, Any]) -> None:
    by_hand = fa.change_entry(made["lexicon"], "diplomacy", "deal", unless="a deal")
    text = fa.describe_curation(by_hand, made["decisions"])
    assert "with how many it began cannot be told" in text
    assert "began with" not in text


def test_what_was_taken_back_counts_only_as_that_also_where_it_stands_again() -> None:
    own, log = decided(lexicon(), empty_table("decisions"), "accept", entry("truce"))
    own, log = undone(own, log)
    text = fa.describe_curation(own, log)
    assert text.endswith("1 decision was made (2026-03-01); 1 was taken back.")
    own, log = undone(own, log, 2)
    text = fa.describe_curation(own, log)
    assert text.endswith("1 decision was made (2026-03-01): 1 accepted a term.")


def test_what_does_not_belong_together_is_refused(made: dict[str, Any]) -> None:
    own, log = made["lexicon"], made["decisions"]
    with pytest.raises(MediaFramingError, match="give judgements together with the hits"):
        fa.describe_curation(own, log, hits=made["hits"])
    with pytest.raises(MediaFramingError, match="on another lexicon than trade"):
        fa.describe_curation(lexicon(name="trade"), log)
    old = fa.find_hits(paragraphs_of(*TEXTS), made["start"])
    with pytest.raises(MediaFramingError, match="the hits are those of diplomacy@0"):
        fa.describe_curation(own, log, judgements=made["judged"], hits=old)


@pytest.mark.parametrize("read", [fa.read_decisions, fa.read_judgements])
@pytest.mark.parametrize("path", [3, None, ["a.yml"], "no/such.yml", "no/such.csv"])
def test_a_log_that_is_not_there_is_told_in_a_sentence(read: Any, path: Any) -> None:
    with pytest.raises(MediaFramingError, match=r"path must be a path|there is no file"):
        read(path)

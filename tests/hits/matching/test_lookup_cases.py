"""What the tests of other dictionary programs expect of a look-up."""

import json
from pathlib import Path
from typing import Any

import pytest

import analysis as fa
from analysis.text.tokens import tokenize

pytestmark = pytest.mark.cases

# The cases that a rule of ours changes on purpose, and the rule.
R4 = "R4: terms are words with * and ?, never regular expressions"
CHANGED = dict.fromkeys(["P037", "P038", "P039", "P040", "P062", "P063", "P101"], R4)


def test_every_lookup_case_gives_what_its_program_expects(cases_folder: Path) -> None:
    cases = json.loads((cases_folder / "lookup_cases.json").read_text(encoding="utf-8"))
    changed = {case["id"] for case in cases if case["options"]["valuetype"] == "regex"}
    known = {case["id"] for case in cases}
    assert {name for name in CHANGED if name in known} <= changed
    wrong = {
        case["id"]: result
        for case in cases
        if case["id"] not in CHANGED and (result := _difference(case))
    }
    assert not wrong


def _difference(case: dict[str, Any]) -> str | None:
    hits, tokens = _hits_and_tokens(case)
    counted = hits[hits["blocked_by"].isna()]
    found = counted["category"].value_counts()
    for category, expected in case["expected"].items():
        if found.get(category, 0) != expected:
            return f"{found.get(category, 0)} hits of {category}, expected {expected}"
    for category, spans in case.get("expected_token_spans", {}).items():
        own = counted[counted["category"] == category]
        places = [
            [1 + sum(end <= a for _, end in tokens), sum(begin < b for begin, _ in tokens)]
            for a, b in own[["start", "end"]].itertuples(index=False)
        ]
        if places != spans:
            return f"{category} at tokens {places}, expected {spans}"
    n_tokens = case.get("expected_token_count", len(tokens))
    if len(tokens) != n_tokens:
        return f"{len(tokens)} tokens, expected {n_tokens}"
    hit_tokens = sum(
        any(a <= begin and end <= b for a, b in counted[["start", "end"]].itertuples(index=False))
        for begin, end in tokens
    )
    unmatched = case.get("expected_unmatched_tokens", len(tokens) - hit_tokens)
    if len(tokens) - hit_tokens != unmatched:
        return f"{len(tokens) - hit_tokens} tokens without a hit, expected {unmatched}"
    if counted["surface"].tolist() != [case.get("expected_match_text")] != [None]:
        return f"{counted['surface'].tolist()}, expected {case['expected_match_text']!r}"
    return None


def _hits_and_tokens(case: dict[str, Any]) -> tuple[Any, list[tuple[int, int]]]:
    options = case["options"]
    case_of = "insensitive" if options["case_insensitive"] else "sensitive"
    lexicon = fa.lexicon_from_dict(
        "case",
        {
            category: [{"term": term, "case": case_of} for term in dict.fromkeys(terms)]
            for category, terms in case["dictionary"].items()
        },
    )
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([case["text"]]))
    nested = "lexicon" if options["nested_scope"] == "dictionary" else "category"
    hits = fa.find_hits(paragraphs, lexicon, nested=nested, in_context=False)
    tokens = tokenize(case["text"])
    return hits, [tokens.original_span(n, n) for n in range(len(tokens.forms))]

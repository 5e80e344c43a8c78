"""Texts and lexica with the hits that rules R1 to R6 give."""

import pytest

import analysis as fa
from analysis.errors import LexiconError
from tests.reference_cases import Case, matching_cases


# Some cases hold terms that can never match, on purpose.
@pytest.mark.filterwarnings("ignore::analysis.errors.LexiconWarning")
@pytest.mark.parametrize("case", matching_cases())
def test_every_matching_case_gives_its_words_and_hits(case: Case) -> None:
    categories = dict(case["lexicon"])
    for name, terms in categories.items():
        # M33: a bare wildcard is refused, and the rest of the category still works.
        if "*" in terms:
            with pytest.raises(LexiconError, match="no letter or digit"):
                fa.lexicon_from_dict("case", categories)
            categories[name] = [term for term in terms if term != "*"]
    paragraphs = fa.split_paragraphs(fa.documents_from_texts([case["text"]]))
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("case", categories), in_context=False)
    found = sorted(hits[["category", "start", "end", "surface"]].itertuples(index=False, name=None))
    expected = sorted((h["category"], h["start"], h["end"], h["surface"]) for h in case["hits"])
    assert found == expected
    assert int(paragraphs["n_tokens"].sum()) == case["words"]

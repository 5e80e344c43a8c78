"""The words by which voices are told apart, as a language lists them."""

import re
from functools import lru_cache
from typing import Any

from analysis.languages.language import Language, any_of

VoiceWords = dict[str, Any]

_TUPLES = "that adding participle_endings gerund_endings adverb_endings possessives".split()


@lru_cache(maxsize=32)
def voice_words(language: Language) -> VoiceWords:
    """Return the lists of a language's ``voice.yml``, and what is made of them, laid out once."""
    lists = language.words["voice"]
    return {
        **lists,
        **{name: tuple(lists[name]) for name in _TUPLES},
        "language": language,
        # As a sentence opens them, so that no word has to be folded.
        **{name: _opening(lists[name]) for name in ("clause_words", "places")},
        "after_source": lists["occasions"] | lists["after_source"],
        "joining": frozenset(f" {word} " for word in lists["joining"]),
        "addressed": re.compile(
            rf"\s+(?:{any_of(lists['articles'])}\s+)?(?:[\w’'.-]+\s+){{0,5}}?"
            rf"(?={any_of(lists['that'])}\b)|"
            rf"\s+(?:{any_of(lists['addressed'])}|{any_of(lists['article'])} \w+)\s+",
            re.IGNORECASE,
        ),
    }


def _opening(words: frozenset[str]) -> frozenset[str]:
    return words | {word.capitalize() for word in words}

# cython: annotation_typing=False
"""The words by which voices are told apart, as a language lists them."""

import re
from functools import lru_cache

from analysis.languages.language import Language, any_of


class VoiceWords:
    """The lists of a language's ``voice.yml``, laid out for compiled code."""

    def __init__(self, language: Language) -> None:
        lists = language.words["voice"]
        self.language = language
        self.between = lists["between"]
        # As a sentence opens them, so that no word has to be folded.
        self.clause_forms = _opening(lists["clause_words"])
        self.place_forms = _opening(lists["places"])
        self.occasions = lists["occasions"]
        self.after_source = lists["occasions"] | lists["after_source"]
        self.addressing = lists["addressing"]
        self.telling = lists["telling"]
        self.told_clauses = lists["told_clauses"]
        self.weak = lists["weak"]
        self.before_source = lists["before_source"]
        self.before_noun = lists["before_noun"]
        self.joining = frozenset(f" {word} " for word in lists["joining"])
        self.agent = lists["agent"]
        self.be = lists["be"]
        self.passive = lists["passive"]
        self.participles = lists["participles"]
        self.seeming = lists["seeming"]
        self.no_adverbs = lists["no_adverbs"]
        self.determiners = lists["determiners"]
        self.pronouns = lists["pronouns"]
        self.pointing = lists["pointing"]
        self.no_source = lists["no_source"]
        self.who = lists["who"]
        self.in_clauses = lists["in_clauses"]
        self.shortened = lists["shortened"]
        self.titles = lists["titles"]
        self.openers = lists["openers"]
        self.clipped = lists["clipped"]
        self.plural_endings = lists["plural_endings"]
        self.that = tuple(lists["that"])
        self.adding = tuple(lists["adding"])
        self.participle_endings = tuple(lists["participle_endings"])
        self.gerund_endings = tuple(lists["gerund_endings"])
        self.adverb_endings = tuple(lists["adverb_endings"])
        self.possessives = tuple(lists["possessives"])
        self.addressed = re.compile(
            rf"\s+(?:{any_of(lists['articles'])}\s+)?(?:[\w’'.-]+\s+){{0,5}}?"
            rf"(?={any_of(lists['that'])}\b)|"
            rf"\s+(?:{any_of(lists['addressed'])}|{any_of(lists['article'])} \w+)\s+",
            re.IGNORECASE,
        )


@lru_cache(maxsize=32)
def voice_words(language: Language) -> VoiceWords:
    """Return the words of a language, laid out once."""
    return VoiceWords(language)


def _opening(words: frozenset[str]) -> frozenset[str]:
    return words | {word.capitalize() for word in words}

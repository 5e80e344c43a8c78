# cython: annotation_typing=False
"""The words that tell clauses apart, and how far cues reach, as a language lists them."""

from array import array
from functools import lru_cache

from analysis.languages.language import Language

# One bit for each kind of word; a word may be of several.
SUBORDINATOR, RELATIVE, COMPLEMENTIZER, CONTRAST, COORDINATOR = 1, 2, 4, 8, 16
SUBJECT, AUXILIARY, PAST, DETERMINER, FUNCTION, BE, DEGREE = 32, 64, 128, 256, 512, 1024, 2048
RAISING, ATTRIBUTIVE, COMPLEMENT, LEADING = 4096, 8192, 16384, 32768
# A word in -ed: a regular past tense, or a participle.
REGULAR_PAST = 65536

_BITS = {
    "subordinators": SUBORDINATOR,
    "relatives": RELATIVE,
    "complementizers": COMPLEMENTIZER,
    "contrasts": CONTRAST,
    "coordinators": COORDINATOR,
    "subjects": SUBJECT,
    "auxiliaries": AUXILIARY,
    "pasts": PAST,
    "determiners": DETERMINER,
    "function": FUNCTION,
    "be": BE,
    "degree": DEGREE,
    "raising": RAISING,
    "attributive": ATTRIBUTIVE,
    "complement": COMPLEMENT,
    "leading": LEADING,
}

# What stands between a word and the one before it.
NOTHING, COMMA, BREAK = 0, 1, 2

# How far a cue reaches, as numbers.
NONE, CLAUSE, FOLLOWING, PHRASE, CONDITION, VERB, MODIFIER, QUESTION, ASIDE = range(9)
_NUMBERS = {
    "none": NONE,
    "clause": CLAUSE,
    "following": FOLLOWING,
    "phrase": PHRASE,
    "condition": CONDITION,
    "verb": VERB,
    "modifier": MODIFIER,
}

# Words are looked up in an open table by a number made of their letters: compiled code then
# needs no string for each word of a text. So much of the number goes into that of a longer word.
_MASK = (1 << 40) - 1


def next_key(key: int, character: str) -> int:
    """Return the number of a word with one more character, however it is written."""
    code = ord(character)
    if code > 127:
        code = 39 if character == "\u2019" else ord(character.lower()[:1])
    elif "A" <= character <= "Z":
        code += 32
    return (key & _MASK) * 1000003 + code


class ClauseWords:
    """The lists of a language's ``certainty.yml``, laid out for compiled code."""

    def __init__(self, language: Language) -> None:
        lists = language.words["certainty"]
        self.phrase_words = lists["phrase_words"]
        self.asides = lists["asides"] | {word.capitalize() for word in lists["asides"]}
        self.past_endings = tuple(lists["past_endings"])
        kinds: dict[int, int] = {}
        for name, bit in _BITS.items():
            for word in lists[name]:
                key = 0
                for character in word:
                    key = next_key(key, character)
                kinds[key] = kinds.get(key, 0) | bit
        self.size = 6 * len(kinds) + 1
        self.keys = array("q", bytes(8 * self.size))
        self.kinds = array("q", bytes(8 * self.size))
        for key, bits in kinds.items():
            place = key % self.size
            while self.keys[place]:
                place = (place + 1) % self.size
            self.keys[place], self.kinds[place] = key, bits


@lru_cache(maxsize=32)
def clause_words(language: Language) -> ClauseWords:
    """Return the words of a language, laid out once."""
    return ClauseWords(language)


def reach_of(language: Language, lexicon: str, subcategory: str | None) -> int:
    """Return how far the cues of a subcategory reach."""
    reach = language.words["certainty"]["reach"].get(lexicon, {})
    return _NUMBERS[reach.get(subcategory, "clause")]

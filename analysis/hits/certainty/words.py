"""The words that tell clauses apart, and how far cues reach, as words.yml says."""

from array import array
from pathlib import Path

import yaml

_LISTS = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))

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

PHRASE_WORDS: int = _LISTS["phrase_words"]

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

# Words are looked up by a number made of their letters, five bits each, in an open table:
# compiled code then needs no string for each word of a text.
LONGEST_LISTED = 12
_TABLE_SIZE = 2039


def word_key(word: str) -> int:
    """Return the number a word is looked up by: its letters, however they are written."""
    key = 0
    for character in word:
        five = 27 if character in "'\u2019" else 28 if character == "-" else ord(character) & 31
        key = key * 32 + five
    return key


def _kinds() -> dict[int, int]:
    kinds: dict[int, int] = {}
    for name, bit in _BITS.items():
        for word in _LISTS[name].split():
            kinds[word_key(word)] = kinds.get(word_key(word), 0) | bit
    return kinds


def _table(kinds: dict[int, int]) -> tuple[array, array]:
    keys, values = array("q", bytes(8 * _TABLE_SIZE)), array("q", bytes(8 * _TABLE_SIZE))
    for key, bits in kinds.items():
        place = key % _TABLE_SIZE
        while keys[place]:
            place = (place + 1) % _TABLE_SIZE
        keys[place], values[place] = key, bits
    return keys, values


TABLE_KEYS, TABLE_KINDS = _table(_kinds())


def reach_of(lexicon: str, subcategory: str | None) -> int:
    """Return how far the cues of a subcategory reach."""
    return _NUMBERS[_LISTS["reach"][lexicon].get(subcategory, "clause")]

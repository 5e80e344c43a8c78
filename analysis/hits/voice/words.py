# cython: annotation_typing=False
"""The words by which voices are told apart, as a language lists them."""

import re
from array import array
from functools import lru_cache
from typing import Any

from analysis.languages.language import Language, any_of

# One bit for each kind of word; a word may be of several.
_NAMES = (
    "denying determiners pointing prepositions subordinators relatives question_words that "
    "coordinators contrasts be auxiliaries negators nobody adverbs he she they it author "
    "times finite documents bodies general_bodies persons general_persons quantifiers mute "
    "needing_clause naming attitudes nouns addressing addressed nominal willing belief "
    "citing expressing agent participles seeming with_word as_word joining untold light issuing"
).split()
BITS = {name: 1 << number for number, name in enumerate(_NAMES)}
# What the letters of a word tell.
CAPITAL, NUMBER, PAST, GERUND, ADVERB, PLURAL, POSSESSIVE = (
    1 << (len(_NAMES) + number) for number in range(7)
)
DENYING = BITS["denying"]
DETERMINER, POINTING, PREPOSITION = (BITS[n] for n in ("determiners", "pointing", "prepositions"))
SUBORDINATOR, RELATIVE, QUESTION_WORD = (
    BITS[n] for n in ("subordinators", "relatives", "question_words")
)
THAT, COORDINATOR, CONTRAST, BE = (BITS[n] for n in ("that", "coordinators", "contrasts", "be"))
AUXILIARY, NEGATOR, NOBODY = (BITS[n] for n in ("auxiliaries", "negators", "nobody"))
HE, SHE, THEY, IT, AUTHOR = (BITS[n] for n in ("he", "she", "they", "it", "author"))
TIME, FINITE, DOCUMENT, BODY, PERSON = (
    BITS[n] for n in ("times", "finite", "documents", "bodies", "persons")
)
QUANTIFIER, GENERAL_PERSON, GENERAL_BODY = (
    BITS["quantifiers"],
    BITS["general_persons"],
    BITS["general_bodies"],
)
MUTE, NEEDS_CLAUSE, NAMING, ATTITUDE, NOUN = (
    BITS[n] for n in ("mute", "needing_clause", "naming", "attitudes", "nouns")
)
ADDRESSING, ADDRESSED, AGENT, PARTICIPLE = (
    BITS[n] for n in ("addressing", "addressed", "agent", "participles")
)
NOMINAL, WILLING, BELIEF, CITING, EXPRESSING = (
    BITS[n] for n in ("nominal", "willing", "belief", "citing", "expressing")
)
SEEMING, WITH, AS, TO, UNTOLD, LIGHT, ISSUING = (
    BITS[n] for n in ("seeming", "with_word", "as_word", "joining", "untold", "light", "issuing")
)
PRONOUN = HE | SHE | THEY | IT | AUTHOR
# No part of a noun phrase.
FUNCTION = PREPOSITION | SUBORDINATOR | RELATIVE | COORDINATOR | CONTRAST | AUXILIARY | THAT


# What stands between a word and the one before it; the last is a quotation.
NOTHING, COMMA, BREAK, COLON, STOP, QUOTED = range(6)
# How many words the table of those seen has room for, and the prime that spreads them over it.
_PLACES = 1 << 16
_PRIME, _MASK = 1099511628211, (1 << 63) - 1
# Numbers for the words of some sentences.
_ROOM = 1 << 13
_CAPITALS = r"(?: [A-Z][\w’'-]*)+"


def next_key(key: int, character: str) -> int:
    """Return the number of a word with one more character."""
    return (key * _PRIME + ord(character)) & _MASK


class SeenWords:
    """The words of texts seen so far, in an open table by the numbers of their letters.

    Compiled code then needs no string for each word.
    """

    def __init__(self) -> None:
        self.forms = [""] * _PLACES
        self.kinds_at = memoryview(array("q", bytes(8 * _PLACES)))
        self._keys = memoryview(array("Q", bytes(8 * _PLACES)))
        self._n_known = 0
        self._room = memoryview(array("q"))
        self._used = 0

    def room(self, length: int) -> memoryview:
        """Return as many zeros; many sentences share one array, which is made sooner than many."""
        begin, self._used = self._used, self._used + length
        if self._used > len(self._room):
            self._room = memoryview(array("q", [0]) * max(length, _ROOM))
            begin, self._used = 0, length
        return self._room[begin : begin + length]

    def place_of(self, text: str, start: int, end: int, key: int) -> int:
        """Return where a word is in the table, in small letters and with its kinds."""
        place = key & (_PLACES - 1)
        while self._keys[place]:
            if self._keys[place] == key:
                return place
            place = (place + 1) & (_PLACES - 1)
        if self._n_known > _PLACES // 2:
            self._keys = memoryview(array("Q", bytes(8 * _PLACES)))
            self._n_known, place = 0, key & (_PLACES - 1)
        word = text[start:end]
        form = word.lower().replace("\u2019", "'")
        self.forms[place], self._keys[place] = form, key
        self.kinds_at[place] = self.kinds_of(form, word)
        self._n_known += 1
        return place

    def kinds_of(self, form: str, word: str) -> int:
        """Return the kinds of a word in small letters, and as it is written."""
        raise NotImplementedError


class VoiceWords(SeenWords):
    """The lists of a language's ``voice.yml``, laid out once."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        lists = language.words["voice"]
        self.language = language
        self.lists = lists
        self.kinds: dict[str, int] = {}
        # What words in capitals beside each other name, as `Cast` has read them.
        self.names: dict[str, tuple[list[Any], bool]] = {}
        self.between_names = lists["particles"] | lists["articles_of_names"]
        for name, bit in BITS.items():
            for word in lists[name]:
                self.kinds[word] = self.kinds.get(word, 0) | bit
        for word in lists["adverbs"]:
            self.kinds[word] = self.kinds.get(word, 0) | ADVERB
        for word in lists["no_adverbs"]:
            self.kinds.setdefault(word, 0)
        self.no_adverbs = lists["no_adverbs"]
        self.small = language.words["headlines"]["small_words"]
        self.past, self.gerund, self.adverb, self.plural, self.possessives, self.former = (
            tuple(lists[name])
            for name in (
                "past_endings",
                "gerund_endings",
                "adverb_endings",
                "plural_endings",
                "possessives",
                "former",
            )
        )
        # What stands behind the noun of a phrase; what joins two names; how names of bodies go on.
        self.head_end = re.compile(rf" {any_of(lists['behind_nouns'])}\b ?")
        self.named_behind = re.compile(rf" {any_of(lists['named_behind'])} (?=[^\W\d_a-z])")
        self.conjunction = re.compile(rf",? {any_of(lists['joining_names'])} ")
        self.of_bodies = re.compile(
            rf" {any_of(lists['in_names_of_bodies'])}(?: {any_of(lists['articles'])})?{_CAPITALS}"
            rf"(?: {any_of(lists['in_names_of_bodies'] | lists['joining_names'])}{_CAPITALS})*"
        )
        # A pronoun of one person, or a quotation mark.
        self.of_one = re.compile(
            rf"\b({any_of(lists['he'] | lists['she'])})\b|[\"“”]|''", re.IGNORECASE
        )
        self.clipped = lists["clipped"]

    def kinds_written(self, word: str) -> int:
        """Return the kinds of a word as it is written."""
        return self.kinds_of(word.lower(), word)

    def kinds_of(self, form: str, word: str) -> int:
        """Return the kinds of a word in small letters, and as it is written."""
        first, kinds = word[0], self.kinds.get(form, 0)
        if len(word) > 1 and word.isupper():
            # "US", "IT" and "WHO" are names.
            kinds &= ~(PRONOUN | RELATIVE | QUESTION_WORD | SUBORDINATOR)
        if "A" <= first <= "Z" or (first > "\x7f" and first.isupper()):
            kinds |= CAPITAL
        elif "0" <= first <= "9":
            kinds |= NUMBER
        if form.endswith(self.past) and len(form) > 3:
            kinds |= PAST
        elif form.endswith(self.gerund) and len(form) > 4:
            kinds |= GERUND
        elif form.endswith(self.adverb) and len(form) > 3:
            kinds |= 0 if form in self.no_adverbs or kinds & CAPITAL else ADVERB
        elif form.endswith(self.possessives):
            # "He's" is a subject with its verb.
            kinds |= 0 if kinds & AUXILIARY else POSSESSIVE
        elif form.endswith(self.plural) and len(form) > 3:
            kinds |= PLURAL
        return kinds


def is_letter(character: str) -> bool:
    """Tell letters and digits from the rest; those of English at a glance."""
    if "a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9":
        return True
    return character == "_" or (character > "\x7f" and character.isalnum())


def joins(text: str, at: int, stop: int, marks: str) -> bool:
    """Tell whether one of some marks stands within a word, or a comma within a number."""
    if text[at] not in marks or at + 1 >= stop:
        return False
    following = text[at + 1]
    return following.isdigit() if text[at] == "," else is_letter(following)


@lru_cache(maxsize=32)
def voice_words(language: Language) -> VoiceWords:
    """Return the words of a language, laid out once."""
    return VoiceWords(language)

# cython: annotation_typing=False
"""The words by which certainty is told, as a language lists them."""

from functools import lru_cache

from analysis.hits.voice.words import SeenWords
from analysis.languages.language import Language

# One bit for each kind of word; a word may be of several.
_NAMES = (
    "subordinators relatives complementizers contrasts coordinators subjects auxiliaries pasts "
    "determiners function be adverbs raising attributive complement leading ending linking "
    "question_words there finite participles definite any prepositions having doing happening "
    "realized passing believing light changing lasting preventing accusing "
    "objects detached telling agent since doubting author alternative comparing "
    "infinitive of_word from_word"
).split()
BITS = {name: 1 << number for number, name in enumerate(_NAMES)}
(
    SUBORDINATOR, RELATIVE, COMPLEMENTIZER, CONTRAST, COORDINATOR, SUBJECT, AUXILIARY, PAST,
    DETERMINER, OTHER_FUNCTION, BE, LISTED_ADVERB, RAISING, ATTRIBUTIVE, COMPLEMENT, LEADING,
    ENDING, LINKING, QUESTION_WORD, THERE, FINITE, LISTED_PARTICIPLE, DEFINITE, ANY, PREPOSITION,
    HAVING, DOING, HAPPENING, REALIZED, PASSING, BELIEVING, LIGHT, CHANGING, LASTING, PREVENTING,
    ACCUSING, OBJECT, DETACHED, TELLING, AGENT, SINCE, DOUBTING, AUTHOR, ALTERNATIVE, COMPARING,
    TO, OF, FROM,
) = BITS.values()  # fmt: skip
# What the letters of a word tell.
REGULAR_PAST, GERUND, CAPITAL, ADVERB_ENDING, POSSESSIVE = (
    1 << (len(_NAMES) + number) for number in range(5)
)
FUNCTION = OTHER_FUNCTION | PREPOSITION
ADVERB = LISTED_ADVERB | ADVERB_ENDING
PARTICIPLE = LISTED_PARTICIPLE | REGULAR_PAST | PAST
ANY_VERB = AUXILIARY | PAST | FINITE

# What stands between a word and the one before it.
NOTHING, COMMA, OPEN, CLOSE, BREAK = range(5)

# How far a cue reaches, as numbers; those behind QUESTION deny.
_REACHES = (
    "none clause following phrase condition verb modifier belief charge question aside "
    "negator absence failure prevention denial"
).split()
NUMBERS = {name: number for number, name in enumerate(_REACHES)}
(
    NONE, CLAUSE, FOLLOWING, PHRASE, CONDITION, VERB, MODIFIER, BELIEF, CHARGE, QUESTION, ASIDE,
    NEGATOR, ABSENCE, FAILURE, PREVENTION, DENIAL,
) = NUMBERS.values()  # fmt: skip


class CertaintyWords(SeenWords):
    """The lists of a language's ``certainty.yml``, laid out once."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        lists = language.words["certainty"]
        self.yielding = lists["yielding"]
        self.past = tuple(lists["past_endings"])
        self.gerund = tuple(lists["gerund_endings"])
        self.adverb = tuple(lists["adverb_endings"])
        self.no_adverbs = lists["no_adverbs"]
        self.possessives = tuple(lists["possessives"])
        self._listed: dict[str, int] = {}
        for name, bit in BITS.items():
            for word in lists[name]:
                self._listed[word] = self._listed.get(word, 0) | bit

    def kinds_of(self, form: str, word: str) -> int:
        """Return the kinds of a word in small letters, and as it is written."""
        kinds = self._listed.get(form, 0)
        if word[0].isupper():
            kinds |= CAPITAL
        if form.endswith(self.past) and len(form) > 3:
            kinds |= REGULAR_PAST
        elif form.endswith(self.gerund) and len(form) > 4:
            kinds |= GERUND
        elif form.endswith(self.adverb) and len(form) > 4 and form not in self.no_adverbs:
            kinds |= ADVERB_ENDING
        elif form.endswith(self.possessives):
            kinds |= POSSESSIVE
        return kinds


@lru_cache(maxsize=32)
def certainty_words(language: Language) -> CertaintyWords:
    """Return the words of a language, laid out once."""
    return CertaintyWords(language)


def reach_of(language: Language, lexicon: str, subcategory: str | None) -> int:
    """Return how far the cues of a subcategory reach."""
    reach = language.words["certainty"]["reach"].get(lexicon, {})
    return NUMBERS[reach.get(subcategory, "negator" if lexicon == "negation" else "clause")]

"""What kind of word an entry is: it decides what a negation near it denies."""

from analysis.languages.language import Language, known_language
from analysis.lexicons.model import Entry, Lexicon


def kinds_of(lexicon: Lexicon) -> dict[Entry, str]:
    """Return ``thing``, ``event`` or ``state`` for each entry: as written, or guessed."""
    return {
        entry: kind_of(entry, lexicon)
        for category in lexicon.categories
        for entry in category.entries
    }


def kind_of(entry: Entry, lexicon: Lexicon) -> str:
    """Return the kind of an entry of a lexicon: as written, or guessed."""
    return entry.kind or guess_kind(entry.term, known_language(lexicon.language))


def guess_kind(term: str, language: Language) -> str:
    """Guess the kind of a term by its main word: as the language lists it, or by its ending.

    The main word is the last one, or the one before a preposition ("act of war").
    """
    lists = language.words["certainty"]
    words = term.lower().replace("-", " ").split()
    last = next((n for n in range(1, len(words)) if words[n] in lists["prepositions"]), len(words))
    word = words[last - 1].rstrip("*") if words else ""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        for kind in ("event", "state", "thing"):
            if form in lists[f"{kind}_words"]:
                return kind
    for kind in ("thing", "event", "state"):
        if word.endswith(tuple(lists[f"{kind}_endings"])):
            return kind
    return "thing"

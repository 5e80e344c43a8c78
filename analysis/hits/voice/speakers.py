# cython: annotation_typing=False
"""Who speaks: the name behind a source, in full where the document gives it."""

from collections.abc import Sequence

from analysis.hits.voice.words import (
    IN_CLAUSES,
    NO_SOURCE,
    OCCASIONS,
    OPENERS,
    POINTING,
    SHORTENED,
    TITLES,
)

_MOST_WORDS = 4


class Names:
    """The full names of one document, by their last word."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._full: dict[str, str] | None = None
        self._places: set[str] = set()
        self._known: dict[str, str | None] = {}

    def name(self, source: str) -> str | None:
        """Return the name behind a source as written."""
        if source not in self._known:
            self._known[source] = self._worked_out(source)
        return self._known[source]

    def last_in(self, text: str) -> str | None:
        """Return the name of two to four words that stands last in a text."""
        names: dict[str, str] = {}
        collect_names(text, names, set())
        found = {text.rfind(name): name for name in names.values()}
        return found[max(found)] if found else None

    def _worked_out(self, source: str) -> str | None:
        name = _bare_name(source)
        # At the end of a clause may stand who speaks: "what Prime Minister Ana Rell".
        ends_in_name = name is not None and (" " in name or _is_behind_clause(source, name))
        a_clause = _names_nobody(source)
        if a_clause and not ends_in_name:
            return None
        if name is None:
            return " ".join(source.split())
        if " " in name:
            return name
        if self._full is None:
            self._full = {}
            for text in self._texts:
                collect_names(text, self._full, self._places)
        full = self._full.get(name)
        # Where something happens "in" what bears the name, it is no person.
        if full is None or name in self._places:
            return name if a_clause or name == source else " ".join(source.split())
        return full


def collect_names(text: str, full: dict[str, str], places: set[str]) -> None:
    """Add the names of two to four words in a text, by their last word, first come first kept."""
    run: list[str] = []
    # The word in capitals that is being read, and one that was read and may begin a name.
    start = first = last = -1
    at = -1
    between = True
    spaced = text + " "
    for character in spaced:
        at += 1
        # Within a word most letters are small ones, and tell nothing.
        if not between and "a" <= character <= "z":
            continue
        if _is_space(character):
            if start > 2 and _stands_behind_in(text, start):
                places.add(_bare(text[start:at]))
            if start >= 0 and run:
                _extend(run, text[start:at], full)
            elif start >= 0:
                first, last = start, at
            start = -1
            between = True
        elif between:
            between = False
            if _is_capital(character):
                start = at
                if first >= 0:
                    _extend(run, text[first:last], full)
            elif run and _is_letter(character):
                run.clear()
            first = -1


def _stands_behind_in(text: str, start: int) -> bool:
    if text[start - 2] != "n" or text[start - 3] not in "iI":
        return False
    return start == 3 or not _is_letter(text[start - 4])


def _extend(run: list[str], written: str, full: dict[str, str]) -> None:
    """Add a word in capitals to the name that is being read, or begin one."""
    plain = _bare(written)
    if plain in TITLES or plain in OPENERS:
        run.clear()
        return
    run.append(plain)
    if 2 <= len(run) <= _MOST_WORDS and len(plain) > 1:
        full.setdefault(plain, " ".join(run))
    # An initial's stop goes on; any other mark, and a possessive, ends the name.
    if plain != written and not (len(plain) == 1 and written == plain + "."):
        run.clear()


def _bare(written: str) -> str:
    """Return a word without the marks behind it and without the possessive."""
    return written.rstrip(",;:.!?)\"”’'").removesuffix("'s").removesuffix("’s")


def _is_space(character: str) -> bool:
    return character in " \n\t\r\u00a0\u2028\u2029"


def _is_capital(character: str) -> bool:
    return "A" <= character <= "Z" or (character > "\x7f" and character.isupper())


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _names_nobody(source: str) -> bool:
    """Tell whether what stands before a verb is a piece of a clause, or no more than a title."""
    words = source.split()
    first = words[0].lower()
    if first in NO_SOURCE or words[-1].removesuffix(".") in SHORTENED:
        return True
    if len(words) == 1:
        # "J.M", whose name stands behind a stop.
        return "." in source and all(len(letter) == 1 for letter in source.split(".") if letter)
    if words[0].islower() and first.endswith("ing"):
        return True
    # As written: "May" and "Will" are names.
    told = [n for n, word in enumerate(words) if word in IN_CLAUSES]
    return bool(told) and "who" not in words[: told[0]]


def _is_behind_clause(source: str, name: str) -> bool:
    """Tell whether a clause ends in a name, as "which Moscow" does and "in Moscow" does not."""
    words = source.split()
    return words[-1] == name and (len(words) > 2 or words[0].lower() not in OCCASIONS)


def _bare_name(source: str) -> str | None:
    """Return the name that a source holds, without titles; None where it is a description."""
    parts = [part.strip() for part in source.split(",")]
    for part in parts:
        name = _name_at_end(part)
        if name is not None:
            return name
    return None


def _name_at_end(part: str) -> str | None:
    words = part.split()
    run: list[str] = []
    while words and words[-1][:1].isupper() and words[-1].removesuffix(".") not in TITLES:
        run.insert(0, words.pop())
    if not run or (words and words[-1].lower() in POINTING):
        return None
    while run and run[0] in OPENERS:
        if run[0].lower() in POINTING:
            return None
        run.pop(0)
    if not run or len(run) > _MOST_WORDS:
        return None
    run[-1] = run[-1].removesuffix("'s").removesuffix("’s")
    return " ".join(run)

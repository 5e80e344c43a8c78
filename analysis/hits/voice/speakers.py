# cython: annotation_typing=False
"""Who speaks: the name behind a source, in full where the document gives it."""

from collections.abc import Sequence

from analysis.hits.voice.words import VoiceWords

_MOST_WORDS = 4


class Names:
    """The full names of one document, by their last word."""

    def __init__(self, texts: Sequence[str], words: VoiceWords) -> None:
        self._texts = texts
        self._words = words
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
        collect_names(text, names, set(), self._words)
        found = {text.rfind(name): name for name in names.values()}
        return found[max(found)] if found else None

    def _worked_out(self, source: str) -> str | None:
        name = _bare_name(source, self._words)
        # At the end of a clause may stand who speaks: "what Prime Minister Ana Rell".
        ends_in_name = name is not None and (
            " " in name or _is_behind_clause(source, name, self._words)
        )
        a_clause = _names_nobody(source, self._words)
        if a_clause and not ends_in_name:
            return None
        if name is None:
            return " ".join(source.split())
        if " " in name:
            return name
        if self._full is None:
            self._full = {}
            for text in self._texts:
                collect_names(text, self._full, self._places, self._words)
        full = self._full.get(name)
        # Where something happens "in" what bears the name, it is no person.
        if full is None or name in self._places:
            return name if a_clause or name == source else " ".join(source.split())
        return full


def collect_names(text: str, full: dict[str, str], places: set[str], words: VoiceWords) -> None:
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
            if start > 2 and _word_behind(text, start - 1) in words["places"]:
                places.add(_bare(text[start:at], words))
            if start >= 0 and run:
                _extend(run, text[start:at], full, words)
            elif start >= 0:
                first, last = start, at
            start = -1
            between = True
        elif between:
            between = False
            if _is_capital(character):
                start = at
                if first >= 0:
                    _extend(run, text[first:last], full, words)
            elif run and _is_letter(character):
                run.clear()
            first = -1


def _word_behind(text: str, end: int) -> str:
    """Return the letters that end at a place."""
    start = end
    while start > 0 and _is_letter(text[start - 1]):
        start -= 1
    return text[start:end]


def _extend(run: list[str], written: str, full: dict[str, str], words: VoiceWords) -> None:
    """Add a word in capitals to the name that is being read, or begin one."""
    plain = _bare(written, words)
    if plain in words["titles"] or plain in words["openers"]:
        run.clear()
        return
    run.append(plain)
    if 2 <= len(run) <= _MOST_WORDS and len(plain) > 1:
        full.setdefault(plain, " ".join(run))
    # An initial's stop goes on; any other mark, and a possessive, ends the name.
    if plain != written and not (len(plain) == 1 and written == plain + "."):
        run.clear()


def _bare(written: str, words: VoiceWords) -> str:
    """Return a word without the marks behind it and without the possessive."""
    plain = written.rstrip(",;:.!?)\"”’'")
    for ending in words["possessives"]:
        plain = plain.removesuffix(ending)
    return plain


def _is_space(character: str) -> bool:
    return character in " \n\t\r\u00a0\u2028\u2029"


def _is_capital(character: str) -> bool:
    return "A" <= character <= "Z" or (character > "\x7f" and character.isupper())


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _names_nobody(source: str, words: VoiceWords) -> bool:
    """Tell whether what stands before a verb is a piece of a clause, or no more than a title."""
    own = source.split()
    first = own[0].lower()
    if first in words["no_source"] or own[-1].removesuffix(".") in words["shortened"]:
        return True
    if len(own) == 1:
        # "J.M", whose name stands behind a stop.
        return "." in source and all(len(letter) == 1 for letter in source.split(".") if letter)
    if own[0].islower() and first.endswith(words["gerund_endings"]):
        return True
    # As written: "May" and "Will" are names.
    told = [n for n, word in enumerate(own) if word in words["in_clauses"]]
    return bool(told) and words["who"].isdisjoint(own[: told[0]])


def _is_behind_clause(source: str, name: str, words: VoiceWords) -> bool:
    """Tell whether a clause ends in a name, as "which Moscow" does and "in Moscow" does not."""
    own = source.split()
    return own[-1] == name and (len(own) > 2 or own[0].lower() not in words["occasions"])


def _bare_name(source: str, words: VoiceWords) -> str | None:
    """Return the name that a source holds, without titles; None where it is a description."""
    for part in source.split(","):
        name = _name_at_end(part.strip(), words)
        if name is not None:
            return name
    return None


def _name_at_end(part: str, words: VoiceWords) -> str | None:
    own = part.split()
    run: list[str] = []
    while own and own[-1][:1].isupper() and own[-1].removesuffix(".") not in words["titles"]:
        run.insert(0, own.pop())
    if not run or (own and own[-1].lower() in words["pointing"]):
        return None
    while run and run[0] in words["openers"]:
        if run[0].lower() in words["pointing"]:
            return None
        run.pop(0)
    if not run or len(run) > _MOST_WORDS:
        return None
    for ending in words["possessives"]:
        run[-1] = run[-1].removesuffix(ending)
    return " ".join(run)

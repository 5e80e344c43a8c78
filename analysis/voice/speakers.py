"""Names of speakers as a document writes them first and in full."""

import re

_NAME = re.compile(r"(?:[A-Z][\w’'-]*\.?\s+){1,3}[A-Z][\w’'-]+")
_PRONOUNS = frozenset("he she they it i we you who him her them his their".split())


class Speakers:
    """The full names met so far, and who spoke last."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._last: str | None = None

    def learn(self, text: str) -> None:
        """Remember the full names of a paragraph by their last word."""
        for match in _NAME.finditer(text):
            name = " ".join(match.group().split())
            self._full.setdefault(name.split()[-1], name)

    def name(self, source: str | None) -> str | None:
        """Return the speaker behind a source: the full name where the document has one."""
        if source is None:
            return None
        words = source.split()
        if len(words) == 1 and words[0].lower() in _PRONOUNS:
            return self._last or source
        last = words[-1].removesuffix("'s").removesuffix("’s")
        name = self._full.get(last, source) if len(words) <= 2 else source
        self._last = name
        return name

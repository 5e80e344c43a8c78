# cython: annotation_typing=False
"""Persons and bodies of a document, and the speakers that sources stand for."""

PERSON_KIND, BODY_KIND, DOCUMENT_KIND, UNNAMED = "person", "body", "document", "unnamed"


class Speaker:
    """Who is behind a source: the name, what kind of speaker that is, and the source as written."""

    def __init__(self, name: str | None, kind: str | None, mention: str | None = None) -> None:
        self.name = name
        self.kind = kind
        self.mention = mention

    def __eq__(self, other: object) -> bool:
        """Tell whether another is the same speaker, called the same."""
        return isinstance(other, Speaker) and (self.name, self.kind, self.mention) == (
            other.name,
            other.kind,
            other.mention,
        )


NOBODY_KNOWN = Speaker(None, None)


class Member:
    """One person or body of a document."""

    def __init__(
        self, name: str, kind: str, words: tuple[str, ...], folded: tuple[str, ...]
    ) -> None:
        self.name = name
        self.kind = kind
        # The words of the name, as written and in small letters.
        self.words = words
        self.folded = folded
        self.described: set[str] = set()
        self.gender = 0
        self.asked = False  # Whether pronouns were asked for the gender.
        self.open = False  # A single name alone does not tell a person from a body.


def with_mention(who: Speaker, mention: str | None) -> Speaker:
    """Return the same speaker, as another source calls them."""
    return Speaker(who.name, who.kind, mention)

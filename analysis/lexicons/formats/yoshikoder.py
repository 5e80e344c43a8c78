"""Yoshikoder's .ykd and Lexicoder's older .lcd: XML of nested categories and patterns."""

from typing import Any
from xml.etree.ElementTree import ParseError

from analysis.errors import LexiconError, needed_for
from analysis.lexicons.checking import place
from analysis.lexicons.formats.draft import Draft, Found, Path
from analysis.lexicons.strict_yaml import DEEPEST_NESTING

_KNOWN = {
    "dictionary": ("style", "patternengine"),
    "cnode": ("name", "desc"),
    "pnode": ("name",),
}
_ENGINES = ("", "substring")


def read_yoshikoder(text: str, origin: str) -> Draft:
    """Read a Yoshikoder dictionary; no part of it may name other files or entities."""
    with needed_for("reading dictionaries of Yoshikoder", "yoshikoder"):
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser
    tree = _Tree(origin)
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    tree.parser = parser.parser
    try:
        parser.feed(text.lstrip())
        parser.close()
    except DefusedXmlException:
        raise LexiconError(
            f"{tree.place()}: document types and entities are not allowed in a dictionary; remove "
            "the lines that begin with <!DOCTYPE or <!ENTITY"
        ) from None
    except ParseError as error:
        line = error.position[0] if error.position else None
        reason = str(error).split(":")[0]
        raise LexiconError(
            f"{place(origin, line)}: not valid XML ({reason}); save the dictionary anew from its "
            "program"
        ) from None
    return _with_named_root(tree.draft)


class _Tree:
    """What the parser calls for each tag; it keeps the names of the open categories."""

    def __init__(self, origin: str) -> None:
        self.draft = Draft()
        self.parser: Any = None
        self._origin = origin
        self._open: list[str] = []
        self._path: Path = ()
        self._plain = True

    def place(self) -> str:
        return place(self._origin, self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if not self._open and tag != "dictionary":
            raise LexiconError(
                f"{self.place()}: the outermost element is <{tag}>, not <dictionary>; only "
                "dictionaries of Yoshikoder and Lexicoder are read from XML"
            )
        if len(self._open) >= DEEPEST_NESTING:
            raise LexiconError(
                f"{self.place()}: nested more than {DEEPEST_NESTING} levels deep; join some of "
                "its categories"
            )
        inside = self._open[-1] if self._open else None
        self._open.append(tag)
        name = attributes.get("name", "").strip()
        if tag == "dictionary" and inside is None:
            self._engine(attributes.get("patternengine", "").strip().lower(), line)
        elif inside not in ("dictionary", "cnode") or tag not in ("cnode", "pnode"):
            reason = f"the element <{tag}> within <{inside}> has no meaning here; it is left out"
            self.draft.lose(line, self._path, name or None, "unsupported", reason)
            # What stands within it must not count for the category around it.
            self._open[-1] = f"unknown {tag}"
        elif tag == "cnode":
            self._category(name, attributes.get("desc", "").strip(), line)
        else:
            self._term(name, line)
        for attribute, value in attributes.items():
            if attribute not in _KNOWN.get(tag, attributes) and value.strip():
                reason = f"the attribute {attribute}={value!r} is left out"
                self.draft.lose(line, self._path, name or None, "unsupported", reason)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser's own order of arguments
        if self._open.pop() == "cnode":
            self._path = self._path[:-1]

    def data(self, text: str) -> None:
        if text.strip():
            reason = "text between the elements has no meaning here; it is left out"
            line = self.parser.CurrentLineNumber
            self.draft.lose(line, self._path, text.strip(), "unsupported", reason)

    def close(self) -> None:
        """Do nothing: the parser asks for it."""

    def _engine(self, engine: str, line: int) -> None:
        self._plain = engine in _ENGINES
        if not self._plain:
            reason = f"patterns of the engine {engine!r} are never run; each is listed"
            self.draft.lose(line, (), None, "unsupported", reason)

    def _category(self, name: str, description: str, line: int) -> None:
        if not name:
            raise LexiconError(f"{self.place()}: a cnode has no name; give it one")
        self._path = (*self._path, name)
        self.draft.open(self._path, line)
        if description:
            self.draft.definitions.setdefault(self._path, description)

    def _term(self, name: str, line: int) -> None:
        if self._plain:
            self.draft.add(self._path, name, line)
        else:
            reason = "it is a pattern for another engine"
            self.draft.lose(line, self._path, name, "unsupported", reason)


def _with_named_root(draft: Draft) -> Draft:
    """Take the one root of a file for its name, if it holds nothing but categories."""
    roots = {path[0] for path in draft.categories}
    if len(roots) != 1 or any(len(found.path) < 2 for found in draft.terms) or not draft.terms:
        return draft
    (name,) = roots
    return Draft(
        name=name,
        description=draft.definitions.get((name,), ""),
        terms=[Found(f.path[1:], f.term, f.line, f.weight) for f in draft.terms],
        categories={path[1:]: line for path, line in draft.categories.items() if path[1:]},
        definitions={path[1:]: text for path, text in draft.definitions.items() if path[1:]},
        losses=draft.losses,
    )

"""Yoshikoder's .ykd and Lexicoder's older .lcd: XML of nested categories and patterns."""

from typing import Any
from xml.etree.ElementTree import ParseError

from analysis.errors import needed_for
from analysis.lexicons.checking import PlacedError
from analysis.lexicons.formats.draft import Draft, Found, Path
from analysis.lexicons.strict_yaml import DEEPEST_NESTING, TOO_DEEP

_KNOWN = {
    "dictionary": ("style", "patternengine"),
    "cnode": ("name", "desc"),
    "pnode": ("name",),
}


def read_yoshikoder(text: str) -> Draft:
    """Read a Yoshikoder dictionary; no part of it may name other files or entities."""
    with needed_for("reading dictionaries of Yoshikoder", "yoshikoder"):
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser
    tree = _Tree()
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    tree.parser = parser.parser
    try:
        parser.feed(text.lstrip())
        parser.close()
    except DefusedXmlException:
        raise PlacedError(
            "document types and entities are not allowed in a dictionary; remove the lines that "
            "begin with <!DOCTYPE or <!ENTITY",
            tree.line,
        ) from None
    except ParseError as error:
        reason = f"not valid XML ({str(error).split(':')[0]}); save it again from its program"
        raise PlacedError(reason, error.position[0] if error.position else None) from None
    return _with_named_root(tree.draft)


class _Tree:
    """What the parser calls for each tag; it keeps the names of the open categories."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.parser: Any = None
        self._open: list[str] = []
        self._path: Path = ()
        self._plain = True

    @property
    def line(self) -> int:
        return int(self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._open and tag != "dictionary":
            raise PlacedError(
                f"the outermost element is <{tag}>, not <dictionary>; only dictionaries of "
                "Yoshikoder and Lexicoder are read from XML",
                self.line,
            )
        if len(self._open) >= DEEPEST_NESTING:
            raise PlacedError(TOO_DEEP, self.line)
        inside = self._open[-1] if self._open else None
        self._open.append(tag)
        name = attributes.get("name", "").strip()
        if tag == "dictionary" and inside is None:
            engine = attributes.get("patternengine", "").strip().lower()
            self._plain = engine in ("", "substring")
            if not self._plain:
                reason = f"patterns of the engine {engine!r} are never run; each is listed"
                self._lose(None, reason)
        elif inside not in ("dictionary", "cnode") or tag not in ("cnode", "pnode"):
            reason = f"the element <{tag}> within <{inside}> has no meaning here; it is left out"
            self._lose(name or None, reason)
            # What stands within it must not count for the category around it.
            self._open[-1] = f"unknown {tag}"
        elif tag == "cnode":
            self._category(name, attributes.get("desc", "").strip())
        elif self._plain:
            self.draft.add(self._path, name, self.line)
        else:
            self._lose(name, "it is a pattern for another engine")
        for attribute, value in attributes.items():
            if attribute not in _KNOWN.get(tag, attributes) and value.strip():
                self._lose(name or None, f"the attribute {attribute}={value!r} is left out")

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser's own order of arguments
        if self._open.pop() == "cnode":
            self._path = self._path[:-1]

    def data(self, text: str) -> None:
        if text.strip():
            self._lose(text.strip(), "text between elements has no meaning here; it is left out")

    def close(self) -> None:
        """Do nothing: the parser asks for it."""

    def _lose(self, term: str | None, reason: str) -> None:
        self.draft.lose(self.line, self._path, term, "unsupported", reason)

    def _category(self, name: str, description: str) -> None:
        if not name:
            raise PlacedError("a cnode has no name; give it one", self.line)
        self._path = (*self._path, name)
        self.draft.open(self._path, self.line)
        if description:
            self.draft.definitions.setdefault(self._path, description)


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

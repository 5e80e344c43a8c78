"""The elements of XML files: their names without namespaces, and their texts."""

from typing import Any

from lxml import etree

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] or "nameless"


def within(element: Any, *names: str) -> list[Any]:
    """Return the elements of these names within an element, itself included, in their order."""
    return [one for one in element.iter(etree.Element) if name_of(one) in names]


def first(element: Any, *path: str) -> Any:
    """Return the first element below an element at each step of a path, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element.iter(etree.Element) if name_of(one) == name), None)
    return element


def children(element: Any, *names: str) -> list[Any]:
    """Return the children of an element that have one of these names."""
    return [one for one in element.iterchildren(etree.Element) if name_of(one) in names]


def text_in(element: Any) -> str:
    """Return all text of an element in one line, and none of no element."""
    return "" if element is None else " ".join("".join(element.itertext(etree.Element)).split())


def language_of(*codes: str | None) -> str:
    """Return the first of some codes of languages without its country: en-GB, pt_BR."""
    code = next(filter(None, codes), "").replace("_", "-").partition("-")[0].lower()
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else ""

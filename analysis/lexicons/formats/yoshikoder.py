"""Yoshikoder's .ykd and Lexicoder's .lcd: categories and patterns in XML."""

from xml.parsers import expat

from analysis.errors import LexiconError
from analysis.lexicons.formats.tree import Tree

_DEEPEST = 50


def read_yoshikoder(text: str, tree: Tree) -> None:
    """Read an XML dictionary of ``cnode`` (category) and ``pnode`` (pattern) elements.

    Parameters
    ----------
    text : str
        The file.
    tree : Tree
        Takes categories, terms and losses. Patterns that are regular expressions
        are listed as unsupported.

    Raises
    ------
    LexiconError
        If it is no well-formed XML, declares a document type (with which a file can read
        others, or grow without end), or is nested deeper than 50 levels.

    Examples
    --------
    >>> from analysis.lexicons.formats.tree import Tree
    >>> from analysis.lexicons.formats.yoshikoder import read_yoshikoder
    >>> tree = Tree("demo.ykd")
    >>> xml = '<dictionary><cnode name="threat"><pnode name="menac*"/></cnode></dictionary>'
    >>> read_yoshikoder(xml, tree)
    >>> {path: list(terms) for path, terms in tree.terms.items()}
    {('threat',): ['menac*']}
    """
    # The text is decoded already, whatever its first line declares.
    parser = expat.ParserCreate("utf-8")
    reader = _Reader(tree, parser)
    parser.StartDoctypeDeclHandler = reader.refuse_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as fault:
        reason = expat.ErrorString(fault.code)
        raise LexiconError(
            f"{tree.origin}, line {fault.lineno}: the XML is broken ({reason}); export it again"
        ) from None


class _Reader:
    def __init__(self, tree: Tree, parser: expat.XMLParserType) -> None:
        self._tree = tree
        self._parser = parser
        self._path: tuple[str, ...] = ()
        self._depth = 0
        self._expressions = False

    def refuse_type(self, *_: object) -> None:
        raise LexiconError(
            f"{self._tree.origin}, line {self._parser.CurrentLineNumber}: it declares a document "
            "type, which a dictionary does not need and an attack would; remove that line"
        )

    def start(self, element: str, given: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        self._depth += 1
        if self._depth > _DEEPEST:
            raise LexiconError(
                f"{self._tree.origin}, line {line}: it is nested deeper than {_DEEPEST} levels"
            )
        name = given.get("name", "").strip()
        if element == "dictionary":
            self._expressions = given.get("patternengine", "").startswith("regex")
        elif element == "cnode":
            self._path = (*self._path, name or "unnamed")
            self._tree.open(self._path, given.get("desc", ""))
        elif element == "pnode":
            self._pattern(name, line)
        else:
            self._tree.lose(
                line, self._path, name or None, "unsupported", f"<{element}> is unknown"
            )

    def end(self, element: str) -> None:
        self._depth -= 1
        if element == "cnode":
            self._path = self._path[:-1]

    def _pattern(self, name: str, line: int) -> None:
        if not self._path:
            self._tree.lose(line, (), name, "undefined category", "it stands in no category")
        elif self._expressions:
            reason = "it is a regular expression"
            self._tree.lose(line, self._path, name, "unsupported", reason)
        else:
            self._tree.add(self._path, name, line)

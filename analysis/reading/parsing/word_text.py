"""The body of a Word file → its paragraphs, and what of it was not read."""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, PartFactory
from lxml import etree

from analysis.reading.exports.articles import Paragraph
from analysis.reading.parsing.limits import ParsingError, check_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T = f"{_W}p", f"{_W}r", f"{_W}t"
_P_PROPERTIES, _R_PROPERTIES = f"{_W}pPr", f"{_W}rPr"
_FIELD, _CONTENT, _CHUNK = f"{_W}fldChar", f"{_W}sdtContent", f"{_W}altChunk"
_VALUE = f"{_W}val"
_BOOKMARK = f"{_W}bookmarkStart"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Tracked deletions, the old place of what was moved, the second copy of a text box, and how a word
# is pronounced.
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}rt", _P_PROPERTIES, _R_PROPERTIES}
)
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_DEEPEST_CHUNK = 3


_select: Any = PartFactory.part_class_selector


def _part_class(content_type: str, kind: str) -> Any:
    """Keep python-docx from reading a Word file within another as if it were XML."""
    return Part if kind == RELATIONSHIP_TYPE.A_F_CHUNK else _select(content_type, kind)


PartFactory.part_class_selector = _part_class


@dataclass
class Written:
    """The paragraphs of a file, in the order of their beginnings, and what is not among them."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    hidden: int = 0  # words
    empty: int = 0  # form fields that show what to fill in
    unread: list[str] = field(default_factory=list)


def read_document(data: bytes, depth: int = 0) -> tuple[Any, Written]:
    """Read a Word file, and the files in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise ParsingError(
            "it is no Word file of the .docx kind, or damaged; open it in a word processor and "
            "save it as .docx"
        ) from None
    return document, _Reader(document, depth).read()


class _Reader:
    def __init__(self, document: Any, depth: int) -> None:
        self.document, self.depth = document, depth
        self.hidden_styles = _hidden_styles(document.styles.element)
        self.written = Written()
        self.texts: list[list[str]] = []
        self.bookmarks: dict[int, list[str]] = {}

    def read(self) -> Written:
        """Walk through the body by events, since hostile files nest deeper than Python recurs."""
        # A paragraph may hold a text box with paragraphs of its own.
        around: list[list[str]] = []
        # The paragraph whose end was deleted goes on in the next one.
        going_on: list[str] | None = None
        end_is_deleted = of_hidden_style = is_hidden = False
        # Of each field that is open, whether its code or its result is being read.
        in_code: list[bool] = []
        hidden: list[str] = []
        left_out = 0
        for event, element in etree.iterwalk(self.document.element.body, events=("start", "end")):
            tag, begins = element.tag, event == "start"
            if tag in _LEFT_OUT or (tag == _CONTENT and _is_empty(element)):
                if begins and not left_out:
                    if tag == _P_PROPERTIES:
                        end_is_deleted = _end_is_deleted(element)
                        of_hidden_style = self._is_hidden(element, "pStyle")
                    elif tag == _R_PROPERTIES:
                        is_hidden = self._is_hidden(element, "rStyle", of_hidden_style)
                    elif tag == _CONTENT:
                        self.written.empty += 1
                left_out += 1 if begins else -1
            elif left_out:
                continue
            elif tag == _P:
                if not begins:
                    ended = around.pop()
                    going_on = ended if end_is_deleted and not around else None
                    end_is_deleted = of_hidden_style = False
                    hidden.append(" ")
                elif going_on is not None and not around:
                    around.append(going_on)
                else:
                    self.texts.append([])
                    around.append(self.texts[-1])
            elif not begins:
                continue
            elif tag == _R:
                is_hidden = of_hidden_style
            elif tag == _CHUNK:
                self._add_chunk(element.get(_ID))
            elif tag == _FIELD:
                kind = element.get(f"{_W}fldCharType")
                if kind == "begin":
                    in_code.append(True)
                elif in_code and kind == "separate":
                    in_code[-1] = False
                elif in_code and kind == "end":
                    in_code.pop()
            elif around:
                text = element.text or "" if tag == _T else _SIGNS.get(tag, "")
                if text and not any(in_code):
                    (hidden if is_hidden else around[-1]).append(text)
                if tag == _BOOKMARK:
                    name = element.get(f"{_W}name", "")
                    self.bookmarks.setdefault(len(self.texts) - 1, []).append(name)
        self.written.hidden += len("".join(hidden).split())
        self.written.paragraphs = [
            Paragraph("".join(pieces), tuple(self.bookmarks.get(n, ())))
            for n, pieces in enumerate(self.texts)
        ]
        return self.written

    def _is_hidden(self, properties: Any, style: str, otherwise: bool = False) -> bool:
        if style == "rStyle" and (own := properties.find(f"{_W}vanish")) is not None:
            return _is_on(own)
        named = properties.find(f"{_W}{style}")
        return otherwise if named is None else named.get(_VALUE) in self.hidden_styles

    def _add_chunk(self, name: str | None) -> None:
        """Read a part in another format where it stands."""
        part = None
        if (link := self.document.part.rels.get(name)) is not None and not link.is_external:
            part = link.target_part
        try:
            found = None if part is None else self._in_chunk(part)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - libraries raise anything where a part is damaged
            found = None
        if found is None:
            place = "a file outside of it" if part is None else str(part.partname).lstrip("/")
            self.written.unread.append(place)
        else:
            self.texts += [[text] for text in found]

    def _in_chunk(self, part: Any) -> list[str] | None:
        if not part.blob.startswith(b"PK"):
            # What it needs is not installed with what Word files need.
            from analysis.reading.parsing.word_chunks import paragraphs_of_chunk

            return paragraphs_of_chunk(part.blob, part.content_type)
        if self.depth >= _DEEPEST_CHUNK:
            return None
        _, inner = read_document(part.blob, self.depth + 1)
        self.written.hidden += inner.hidden
        self.written.empty += inner.empty
        self.written.unread += inner.unread
        return [one.text for one in inner.paragraphs]


def _hidden_styles(styles: Any) -> set[str]:
    """Return the ids of the styles whose text is hidden, by themselves or by those below them."""
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        if (mark := style.find(f"{_R_PROPERTIES}/{_W}vanish")) is not None:
            own[name] = _is_on(mark)
        elif (below := style.find(f"{_W}basedOn")) is not None:
            based[name] = below.get(_VALUE, "")
    hidden = {name for name, is_hidden in own.items() if is_hidden}
    # Each round adds the styles one step further up.
    while hidden and (more := {name for name, below in based.items() if below in hidden} - hidden):
        hidden |= more
    return hidden


def _is_on(mark: Any) -> bool:
    return mark.get(_VALUE, "1") not in ("0", "false", "off")


def _end_is_deleted(properties: Any) -> bool:
    end = properties.find(_R_PROPERTIES)
    return end is not None and any(
        end.find(f"{_W}{tag}") is not None for tag in ("del", "moveFrom")
    )


def _is_empty(content: Any) -> bool:
    """Say whether a form field shows what to fill in, not what was filled in."""
    return content.getparent().find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None

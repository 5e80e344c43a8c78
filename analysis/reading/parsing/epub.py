"""An e-book (.epub) → one document: the chapters in the order in which they are read."""

import io
import posixpath
import zipfile
from typing import Any
from urllib.parse import unquote

from lxml import etree

from analysis.reading.parsing.blocks import blocks_of
from analysis.reading.parsing.limits import LONGEST_TEXT, ParsingError, check_parts
from analysis.reading.parsing.page_source import decoded, empty_hidden, tree_of

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_ENDINGS = (".xhtml", ".html", ".htm")
_CHAPTERS = ("application/xhtml+xml", "text/html")
_FIELDS = {"title": "title", "creator": "author", "language": "language", "date": "date"}
# Notes, and the marks that lead to them, as the standard and programs call them.
_MARKS = frozenset({"noteref", "doc-noteref", "footnote-ref", "footnoteRef"})
_ASIDE = _MARKS | frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes pagebreak doc-footnote doc-endnote "
    "doc-endnotes doc-pagebreak".split()
)
_DAMAGED = "it is damaged, or no e-book of the .epub kind; convert it again, or save it as .docx"


def parse_epub(data: bytes) -> dict[str, Any]:
    """Take the text out of an e-book."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
            return _read(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, etree.XMLSyntaxError):
        raise ParsingError(_DAMAGED) from None


def sound_file() -> bytes:
    """Make a small book that any version of the library can read."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(_CONTAINER, "<c><rootfile full-path='b.opf'/></c>")
        item = "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
        archive.writestr("b.opf", f"<package>{item}<itemref idref='a'/></package>")
        archive.writestr("a.xhtml", "<html><body><p>Talks resume.</p></body></html>")
    return data.getvalue()


def _read(archive: zipfile.ZipFile) -> dict[str, Any]:
    names = archive.namelist()
    roots = _xml(archive.read(_CONTAINER)).iter("{*}rootfile") if _CONTAINER in names else iter(())
    path = next((one.get("full-path", "") for one in roots), "")
    fields: dict[str, Any] = {}
    if path in names:
        package = _xml(archive.read(path))
        fields = _fields(package)
        chapters, notes = _spine(package, path, names)
    else:
        chapters = sorted(name for name in names if name.lower().endswith(_ENDINGS))
        notes = ["it does not list its chapters, which were read in the order of their names"]
    locked = _locked(archive) if _ENCRYPTION in names else set()
    if locked.intersection(chapters):
        raise ParsingError("it is locked by its publisher; read a copy that is not")
    paragraphs: list[str] = []
    n_notes = 0
    for name in chapters:
        found, n_in_chapter, told = _chapter(archive.read(name))
        paragraphs += found
        notes += [f"{name}: {one}" for one in told]
        n_notes += n_in_chapter
        if sum(map(len, paragraphs)) > LONGEST_TEXT:
            raise ParsingError(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    if not paragraphs:
        raise ParsingError("its pages hold no text; read its pictures by OCR first")
    notes += [f"left out: {n_notes:,} footnotes"] if n_notes else []
    return {"paragraphs": paragraphs, "fields": fields, "notes": notes}


def _spine(package: Any, path: str, names: list[str]) -> tuple[list[str], list[str]]:
    """Return the parts that are read one after the other, and what stands beside them."""
    items = {one.get("id"): one for one in package.iter("{*}item")}
    guides = package.iter("{*}reference")
    tables = {_place(path, one) for one in guides if one.get("type", "").lower() == "toc"}
    chapters: list[str] = []
    left_out: list[str] = []
    contents = 0
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _CHAPTERS:
            continue
        name = _place(path, item)
        if name in tables or "nav" in item.get("properties", "").split():
            contents += 1
        elif reference.get("linear") == "no" or name not in names:
            left_out.append(name)
        else:
            chapters.append(name)
    notes = ["left out: the table of contents"] if contents else []
    if left_out:
        named = ", ".join(left_out)
        notes.append(
            f"parts that are missing, or stand apart from the text, were left out: {named}"
        )
    return chapters, notes


def _place(path: str, link: Any) -> str:
    """Return the name of the part that a link in another part leads to."""
    own = unquote(link.get("href", "").partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), own))


def _xml(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    return etree.fromstring(data, parser)


def _locked(archive: zipfile.ZipFile) -> set[str]:
    """Return the parts that only one program can read; fonts of theirs are no loss."""
    references = _xml(archive.read(_ENCRYPTION)).iter("{*}CipherReference")
    return {unquote(one.get("URI", "")) for one in references}


def _chapter(data: bytes) -> tuple[list[str], int, list[str]]:
    """Return the paragraphs of a chapter, the number of notes in it, and what is to be said."""
    text, told = decoded(data)
    tree, more = tree_of(text)
    told += more
    if tree is None:
        return [], 0, told
    empty_hidden(tree)
    n_notes = 0
    for element in list(tree.iter(etree.Element)):
        kinds = f"{element.get('epub:type', '')} {element.get('role', '')}".split()
        kinds += (element.get("class") or "").split()
        n_notes += element.tag == "a" and not _MARKS.isdisjoint(kinds)
        if element.getparent() is not None and not _ASIDE.isdisjoint(kinds):
            element.drop_tree()
    return blocks_of(tree), n_notes, told


def _fields(package: Any) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for one in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = _FIELDS.get(etree.QName(one).localname)
        event = next((value for key, value in one.items() if key.endswith("event")), "publication")
        text = " ".join((one.text or "").split())
        if name and text and event == "publication":
            fields.setdefault(name, []).append(text)
    return {name: ", ".join(them) if name == "author" else them[0] for name, them in fields.items()}

"""What a file is by what is in it, where its name says something else."""

import re
import zipfile

PLAIN_SUFFIXES = (".txt", ".md")
_PAGES = (".html", ".htm", ".xhtml")
_MAILS = (".mhtml", ".mht")
_MISTAKEN = frozenset({*PLAIN_SUFFIXES, *_PAGES, *_MAILS, ".doc", ".docx", ".epub", ".odt", ".rtf"})
# By a part that each of them has.
_PACKED = {"word/document.xml": ".docx", "content.xml": ".odt", "META-INF/container.xml": ".epub"}
_HEAD_BYTES = 4096
_MARK = b"\xef\xbb\xbf"
_HEADERS = re.compile(rb"[A-Za-z][A-Za-z-]{0,60}:[^\n]")
_WHOLE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_PART_OF_PAGE = re.compile(
    r"\s*<(?:article|br|div|figure|h[1-6]|header|main|meta|p|script|section|span|style|table|title"
    r"|ul|ol)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
# Feeds, debates and news items, as `exports` knows them.
_ARTICLES_IN_XML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,5}"
    rb"<(?:rss|feed|rdf:RDF|TEI|teiCorpus|newsItem|newsMessage|nitf)[\s>]"
)
_BLOCK_END = re.compile(r"</(?:article|div|h[1-6]|p|section|table|ul|ol)\s*>", re.IGNORECASE)
# RIS, BibTeX, EndNote, PubMed, Web of Science.
_BIBLIOGRAPHY = re.compile(
    r"\s*(?:TY {1,2}- ?[A-Z]{3,6}\s*\n|@[A-Za-z]+\s*\{\s*[^\s,{}]+,\s*\n|%0 [A-Z]|PMID- ?\d"
    r"|FN (?:Clarivate|Thomson|ISI)\b)"
)


def suffix_by_content(location: str, suffix: str) -> str:
    """Return the ending that a document should have, which is mostly the one it has."""
    if suffix not in _MISTAKEN:
        return suffix
    with open(location, "rb") as file:
        head = file.read(_HEAD_BYTES).removeprefix(_MARK)
    found = None
    if head.lstrip().startswith(b"{\\rtf"):
        found = ".rtf"
    elif _ARTICLES_IN_XML.match(head):
        found = ".xml"
    elif head.startswith(b"PK\x03\x04"):
        found = _packed(location)
    elif _HEADERS.match(head) and b"multipart/related" in head and b"MIME-Version" in head:
        found = _MAILS[0]
    elif suffix not in PLAIN_SUFFIXES and is_page(head.decode("latin-1"), whole=True):
        found = _PAGES[0]
    same = any({found, suffix} <= set(kind) for kind in (_PAGES, _MAILS))
    return suffix if found is None or same else found


def is_page(text: str, *, whole: bool = False) -> bool:
    """Tell whether a text is the source of a web page, or of a part of one."""
    if _WHOLE_PAGE.match(text):
        return True
    return not whole and bool(_PART_OF_PAGE.match(text)) and _BLOCK_END.search(text) is not None


def is_bibliography(text: str) -> bool:
    """Tell whether a text begins as the files of programs for references do."""
    return _BIBLIOGRAPHY.match(text) is not None


def _packed(location: str) -> str | None:
    try:
        with zipfile.ZipFile(location) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return None
    return next((ending for part, ending in _PACKED.items() if part in names), None)

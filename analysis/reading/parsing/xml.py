"""An XML file → its articles: of a news database, a feed, a parliament or an agency."""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from analysis.reading.exports import read_export
from analysis.reading.exports.elements import name_of
from analysis.reading.parsing.limits import ParsingError

# Control characters, which XML forbids and which blogs paste all the same.
_FORBIDDEN = bytes(set(range(32)) - set(b"\t\n\r"))
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
# Names of characters that pages may use without declaring them, and feeds do as well.
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_OF_XML = frozenset("amp; lt; gt; quot; apos;".split())
_OTHERS = {
    "opml": "a list of feeds (OPML); open each feed and save it",
    "urlset": "a sitemap, which holds no texts; save the pages that it leads to",
    "sitemapindex": "a list of sitemaps, which holds no texts; save the pages that they lead to",
    "kml": "a map (KML), which holds no articles; leave it out",
    "gpx": "a track on a map (GPX), which holds no articles; leave it out",
    "svg": "a picture (SVG), which holds no articles; leave it out",
    "plist": "a list of settings, which holds no articles; leave it out",
    "html": "a web page; give its name the ending .html",
    "mediawiki": "an export of a wiki, which is not read; save its pages as .html",
    "NewsML": "NewsML 1, which is not read; download the items as NewsML-G2 or NITF",
    "akomaNtoso": "of a parliament (Akoma Ntoso), which is not read; save the debate as .html",
    "dbtplenarprotokoll": "a record of the Bundestag, which is not read; save it as .pdf or .txt",
    "publicwhip": "a record of TheyWorkForYou, which is not read; save the debate as .html",
    "RDF": "no feed, but perhaps a bibliography (RDF); save the articles",
    "modsCollection": "a bibliography (MODS), which holds no articles; save the articles",
    "PubmedArticleSet": "a bibliography (PubMed), which holds no articles; save the articles",
    "OAI-PMH": "an answer of an archive (OAI), which holds no articles; save the articles",
}


def parse_xml(data: bytes) -> dict[str, Any]:
    """Take the articles out of an XML file, of which only kinds that are known are read."""
    n_forbidden = 0
    if not data.startswith(_WIDE):
        cleaned = data.translate(None, _FORBIDDEN)
        n_forbidden = len(data) - len(cleaned)
        data = _NAMED.sub(_numbered, cleaned)
    tree = _tree(data.lstrip())
    if export := read_export("xml", tree):
        if n_forbidden:
            told = f"control characters, which XML forbids, were taken out ({n_forbidden:,})"
            export["notes"].append(told)
        return export
    if name_of(tree) in _OTHERS:
        raise ParsingError(f"it is XML: {_OTHERS[name_of(tree)]}")
    raise ParsingError(
        f"it is XML of no kind that is known (its first element is {name_of(tree)!r}); save its "
        "texts as .txt or in a table"
    )


def _tree(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or 1
        raise ParsingError(f"it is no XML, or damaged (line {line:,}); download it again") from None
    own = tree.getroottree().docinfo.internalDTD
    if own is not None and (next(own.iterentities(), None) or next(own.iterelements(), None)):
        raise ParsingError(
            "it declares entities or a document type of its own, which is not read; remove them"
        )
    if (entity := next(tree.iter(etree.Entity), None)) is not None:
        raise ParsingError(
            f"another file declares what {entity.text!r} means; save it without document type"
        )
    return tree


def _numbered(found: re.Match[bytes]) -> bytes:
    """Write the name of a character as its number, which XML knows without a document type."""
    name = found[1].decode("ascii")
    if name in _OF_XML or name not in html5:
        return found[0]
    return "".join(f"&#{ord(character)};" for character in html5[name]).encode("ascii")


def sound_file() -> bytes:
    """Make a small file that any version of the library can read."""
    headline = b"<headline><paragraph>Talks</paragraph></headline>"
    return b"<r><ppsarticle><article>" + headline + b"</article></ppsarticle></r>"

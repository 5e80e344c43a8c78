"""Files of every format made from paragraphs, so that no binary file need be kept."""

import html
import io
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import docx
import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

_LINES_ON_A_PAGE = 45
_KINDS = {
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
    "mht": "message/rfc822",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "bin": "application/octet-stream",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
_CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"


def paragraphs_of(path: Path) -> list[str]:
    return [" ".join(p.split()) for p in path.read_text("utf-8").split("\n\n") if p.strip()]


def make_html(paragraphs: Sequence[str], path: Path) -> None:
    title, *rest = map(html.escape, paragraphs)
    body = "\n".join(f"<p>{text}</p>" for text in rest)
    path.write_text(
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
        <title>{title} | The Daily Example</title>
        <meta property="og:title" content="{title}">
        <meta property="og:site_name" content="The Daily Example">
        <meta property="article:published_time" content="2024-05-14T10:00:00Z">
        <script>var threat = 1;</script><style>p {{color: red}}</style></head>
        <body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
        <article><h1>{title}</h1>{body}</article>
        <footer><a href="/about">About us</a> Cookie settings</footer></body></html>""",
        encoding="utf-8",
    )


def make_docx(paragraphs: Sequence[str], path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A running head with a threat"
    document.add_heading(paragraphs[0], 0)
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    document.save(str(path))


def make_pdf(paragraphs: Sequence[str], path: Path, *, heads: bool = True) -> None:
    lines = [line for text in paragraphs for line in (*textwrap.wrap(text, 80), "")]
    write_pdf(
        [lines[n : n + _LINES_ON_A_PAGE] for n in range(0, len(lines), _LINES_ON_A_PAGE)],
        path,
        heads=heads,
    )


def write_pdf(pages: Sequence[Sequence[str]], path: Path, *, heads: bool = False) -> None:
    """Write lines of text to pages; an empty line is a gap."""
    # With outlines embedded as TrueType, letters outside Latin-1 stand among the others.
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        for number, lines in enumerate(pages, start=1):
            figure = Figure(figsize=(8.27, 11.69))
            if heads:
                figure.text(0.1, 0.96, "The Daily Example, 14 May 2024", fontsize=8)
                figure.text(0.5, 0.03, f"Page {number}", fontsize=8)
            for n, line in enumerate(lines):
                if line:
                    figure.text(0.1, 0.92 - 0.018 * n, line, fontsize=10, parse_math=False)
            pdf.savefig(figure)


Placed = tuple[float, float, float, str]


def place_pdf(pages: Sequence[Sequence[Placed]], path: Path) -> None:
    """Write texts at places of pages: left edge, height and size in points, and the text."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
    ]
    for number, placed in zip(numbers, pages, strict=True):
        shown = "\n".join(
            f"BT /F {size} Tf {left} {height} Td ({text}) Tj ET"
            for left, height, size, text in placed
        )
        objects += [
            f"{number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Contents {number + 1} 0 R/Resources{font}>>endobj",
            f"{number + 1} 0 obj<</Length {len(shown)}>>stream\n{shown}\nendstream endobj",
        ]
    body = "\n".join(["%PDF-1.4", *objects, "trailer<</Root 1 0 R>>", "%%EOF"])
    path.write_bytes(body.encode("latin-1"))


def change_docx(path: Path, old: str, new: str, part: str = "word/document.xml") -> None:
    """Write XML of a .docx file over, as no library lets one."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part].decode()
    parts[part] = parts[part].decode().replace(old, new).encode()
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(changed.getvalue())


def write_word(path: Path, body: str, chunks: Mapping[str, bytes]) -> None:
    """Write a Word file with a title and a body in XML, and parts in other formats."""
    make_docx(["Title", "BODY"], path)
    change_docx(path, "<w:p><w:r><w:t>BODY</w:t></w:r></w:p>", body)
    links = types = ""
    for name in chunks:
        own, _, ending = name.partition(".")
        links += f"<Relationship Id='{own}' Type='{_CHUNK}' Target='{name}'/>"
        types += f"<Override PartName='/word/{name}' ContentType='{_KINDS[ending]}'/>"
    end = "</Relationships>"
    change_docx(path, end, links + end, "word/_rels/document.xml.rels")
    change_docx(path, "</Types>", f"{types}</Types>", "[Content_Types].xml")
    with zipfile.ZipFile(path, "a") as archive:
        for name, data in chunks.items():
            archive.writestr(f"word/{name}", data)


def make_rtf(paragraphs: Sequence[str], path: Path) -> None:
    signs = ("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text) for text in paragraphs)
    body = "\n".join(f"\\pard\\plain\\f0 {text}\\par" for text in signs)
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}", "ascii")


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)


HIDDEN = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'


def write_odt(body: str, path: Path, automatic: str = "", **parts: str) -> None:
    """Write an OpenDocument text of the XML of its body and of its own styles."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, part in parts.items():
            archive.writestr(f"{name}.xml", part)


def make_odt(paragraphs: Sequence[str], path: Path) -> None:
    title, *rest = map(html.escape, paragraphs)
    body = "".join(f"<text:p>{text}</text:p>" for text in rest)
    write_odt(f'<text:h text:outline-level="1">{title}</text:h>{body}', path)


def write_epub(chapters: Sequence[str], path: Path, metadata: str = "", spine: str = "") -> None:
    """Write a book of the bodies of its chapters, in an order of names that is none of reading."""
    names = [f"text/c{len(chapters) - n:03d}.xhtml" for n in range(len(chapters))]
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names)
    )
    own = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' version="3.0"><metadata>{metadata}</metadata><manifest>{items}</manifest>'
        f"<spine>{own}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/content.opf", package)
        for name, chapter in zip(names, chapters, strict=True):
            page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{chapter}</body></html>'
            archive.writestr(f"OEBPS/{name}", f'<?xml version="1.0"?>\n{page}')


def make_epub(paragraphs: Sequence[str], path: Path) -> None:
    title, *rest = map(html.escape, paragraphs)
    half = len(rest) // 2
    parts = (rest[:half], rest[half:])
    first, second = ("".join(f"<p>{text}</p>" for text in part) for part in parts)
    chapters = [f"<h1>{title}</h1>{first}", second]
    write_epub(chapters, path, f"<dc:title>{title}</dc:title>")


def make_eml(paragraphs: Sequence[str], path: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"], *rest = paragraphs
    mail["From"] = "Ada Quill <ada@daily.example>"
    mail["Date"] = "Tue, 14 May 2024 23:30:00 +0200"
    mail.set_content("\n\n".join(rest))
    path.write_bytes(mail.as_bytes())


def make_mhtml(paragraphs: Sequence[str], path: Path) -> None:
    make_html(paragraphs, path)
    mail = EmailMessage(policy=SMTP)
    mail["Snapshot-Content-Location"] = "https://daily.example/talks"
    mail.set_content(path.read_text("utf-8"), subtype="html", cte="quoted-printable")
    mail.make_related()
    mail.add_related(b"GIF89a", "image", "gif", cid="<a>")
    path.write_bytes(mail.as_bytes())


def warc_record(
    content: bytes,
    address: str = "http://daily.example/",
    *,
    type_: str = "response",
    status: str = "200 OK",
    **headers: str,
) -> bytes:
    """Write an answer of a server as crawlers keep it."""
    given = {"Content-Type": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    http = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content
    own = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: {address}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return own.encode() + http + b"\r\n\r\n"

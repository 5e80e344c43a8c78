"""A PDF file → its paragraphs by the text layer, with the page each begins on."""

import gzip
import json
import re
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from importlib import resources
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
import spellchecker

from analysis.reading.parsing.gutters import Gap, Line, part_columns
from analysis.reading.parsing.layout import find_paragraphs
from analysis.reading.parsing.limits import LONGEST_TEXT, ParsingError

_MOST_PAGES = 5_000
_HEADS_NAMED = 3
_PAGES_NAMED = 10
_SAMPLED = 8
_FEWEST_LETTERS, _MOST_LETTERS = 5, 0.8
_HYPHENS = "\x02\ufffe"
_LINE = re.compile(rf"([^\r\n{_HYPHENS}]*)(\r\n|\r|\n|[{_HYPHENS}]|$)")


def parse_pdf(data: bytes) -> dict[str, Any]:
    """Take the text out of a .pdf file."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise ParsingError("it needs a password; save it without one") from None
        raise ParsingError("it is no PDF file, or damaged; save it again") from None
    if len(document) > _MOST_PAGES:
        raise ParsingError(f"it has {len(document):,} pages; split it (up to {_MOST_PAGES:,})")
    lines: list[Line] = []
    size = 0
    for number in range(1, len(document) + 1):
        try:
            with closing(document[number - 1]) as page, closing(page.get_textpage()) as text_page:
                own = _placed(text_page, number)
        except pypdfium2.PdfiumError:
            own = []
        lines += own
        size += sum(len(line.text) for line in own)
        if size > LONGEST_TEXT:
            raise ParsingError(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    lines, unclear = part_columns(lines)
    paragraphs, heads = find_paragraphs(lines, _is_english)
    if not paragraphs:
        raise ParsingError(
            "it has no text layer, only pictures of pages; read it by OCR first, for instance "
            "with ocrmypdf"
        )
    notes = []
    if unclear:
        named = ", ".join(map(str, unclear[:_PAGES_NAMED]))
        notes.append(
            f"lines of a table, or of columns, were read across on pages {named}; see whether "
            "their order is right"
        )
    if heads:
        named = ", ".join(map(repr, dict.fromkeys(heads[:_HEADS_NAMED])))
        notes.append(f"{len(heads)} running heads and page numbers were left out, such as {named}")
    # What is stamped on a picture of a page is no text of it.
    stamped = set(heads)
    filled = {line.page for line in lines if line.text not in stamped}
    if empty := [n for n in range(1, len(document) + 1) if n not in filled]:
        named = ", ".join(map(str, empty[:_PAGES_NAMED]))
        notes.append(
            f"no text was found on {len(empty)} of {len(document)} pages ({named}); where they are "
            "pictures, read them by OCR first"
        )
    return {
        "paragraphs": [text for _, text in paragraphs],
        "pages": [page for page, _ in paragraphs],
        "fields": {},
        "notes": notes,
    }


def sound_file() -> bytes:
    """Make a page with two words that any version of the library can read."""
    shown = b"BT /F 12 Tf 72 720 Td (Talks resume) Tj ET"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
    ) % (len(shown), shown)


def _placed(text_page: Any, number: int) -> list[Line]:
    n_characters = text_page.count_chars()
    if n_characters <= 0:
        return []
    lines = []
    position = 0
    # The library ends lines so, and marks in these ways a hyphen at the end of one.
    for raw, end in _LINE.findall(text_page.get_text_range()):
        inside = [n for n, character in enumerate(raw) if not character.isspace()]
        if inside and position + inside[-1] < n_characters:
            # A line may mix fonts: what most of a few characters say holds for all.
            few = inside[:: max(1, len(inside) // _SAMPLED)]
            boxes = [text_page.get_charbox(position + n, loose=True) for n in few]
            left = text_page.get_charbox(position + inside[0], loose=True)[0]
            right = text_page.get_charbox(position + inside[-1], loose=True)[2]
            bottom = median(box[1] for box in boxes)
            size = median(box[3] - box[1] for box in boxes)
            gaps = _gaps(text_page, position, inside)
            written = _unspaced(raw.strip(), gaps, size) + ("-" if end in _HYPHENS and end else "")
            lines.append(Line(number, written, left, right, bottom, size, gaps))
        position += len(raw) + len(end)
    return lines


def _gaps(text_page: Any, position: int, inside: Sequence[int]) -> tuple[Gap, ...]:
    """Return the blanks of a line, whose visible characters are given."""
    return tuple(
        Gap(
            one + 1 - inside[0],
            text_page.get_charbox(position + one, loose=True)[2],
            text_page.get_charbox(position + two, loose=True)[0],
        )
        for one, two in pairwise(inside)
        if two > one + 1
    )


def _unspaced(text: str, gaps: Sequence[Gap], size: float) -> str:
    """Join letters that are set apart from each other to the words that they make."""
    parts = text.split()
    single = sum(len(part) == 1 for part in parts)
    if single < max(_FEWEST_LETTERS, _MOST_LETTERS * len(parts)) or len(parts) != len(gaps) + 1:
        return text
    widths = [gap.right - gap.left for gap in gaps]
    between_words = 1.5 * median(widths) + 0.1 * size
    ends = [" " if width > between_words else "" for width in widths]
    return "".join(part + end for part, end in zip(parts, [*ends, ""], strict=True))


def _is_english(word: str) -> bool:
    return word in _english()


@cache
def _english() -> frozenset[str]:
    """Return the words of pyspellchecker, read without its index, which takes more memory."""
    packed = resources.files(spellchecker).joinpath("resources/en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed)))

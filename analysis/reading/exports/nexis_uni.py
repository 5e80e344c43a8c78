"""Nexis Uni: articles from a bookmark, or the end of the one before, to "End of Document"."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from analysis.reading.exports.articles import Article, Export, Paragraph
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.nexis_labels import (
    BEHIND,
    HEAD,
    TAIL,
    clean,
    edition_in,
    gives_issue,
    labelled,
    opens_with_day,
    without_corrected,
)
from analysis.reading.exports.values import WORDS, states_rights
from analysis.reading.parsing.limits import ParsingError

_BEGINS = re.compile(r"Bookmark_\d+")
_BODY = re.compile(r"Body(?:_\d+)?")
_NUMBER = re.compile(r"(?:Documents?|Dokumente?|Documenten) ?\((?P<n>\d{1,7})\)")
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Sources|Quellen"
    r"|Benutzername|Datum und Uhrzeit|Auftragsnummer|Suchbegriffe)\s?:"
)
_BODIES, _ENDS = (frozenset(WORDS[name].split(", ")) for name in ("nexis_bodies", "nexis_ends"))
_LONGEST_BEGINNING = 200
_ABSTRACT, _FULL = "ABSTRACT", "FULL TEXT"
# The day is the third line, or further down where the headline has several.
_DAY_LINES = range(2, 7)


def recognises(source: Sequence[Paragraph] | str) -> bool:
    """Look for its cover, or for two of its other marks: bookmarks, ends and labels."""
    if isinstance(source, str):
        lowered = source.lower()
        if not any(end in lowered for end in _ENDS):
            return False
    lines = _lines_of(source)
    if _announced(lines) is not None:
        return True
    marks = (
        any(_is_beginning(line) for line in lines) and any(_is_body(line) for line in lines),
        any(map(_is_end, lines)),
        any(_is_length(line) for line in lines),
    )
    return sum(marks) > 1


def split(source: Sequence[Paragraph] | str) -> Export:
    """Part the articles, each with its bookmark or its end."""
    lines = _lines_of(source)
    *ended, last = _parts(lines)
    parts = [part for part in (*ended, last) if _is_article(part)]
    if not parts:
        raise ParsingError(
            "it was written by Nexis Uni, but holds no article between its marks; download the "
            "documents themselves, not only their list"
        )
    is_cut = any(map(_is_end, lines)) and _is_article(last)
    notes = ["its last article has no line 'End of Document'; the file may be cut"] * is_cut
    return Export([_article(part) for part in parts], _announced(lines), notes)


def _lines_of(source: Sequence[Paragraph] | str) -> list[Paragraph]:
    """Strip paragraphs, and take the lines of a text for paragraphs."""
    given = map(Paragraph, source.splitlines()) if isinstance(source, str) else source
    return [Paragraph(text.strip(), bookmarks) for text, bookmarks in given]


def _announced(lines: Sequence[Paragraph]) -> int | None:
    """Return the number of documents that a cover gives."""
    cover = lines[:_LONGEST_BEGINNING]
    numbers = (_NUMBER.fullmatch(line.text) for line in cover)
    number = next((int(found["n"]) for found in numbers if found), None)
    return number if any(_COVER.match(line.text) for line in cover) else None


def _is_beginning(line: Paragraph) -> bool:
    return any(map(_BEGINS.fullmatch, line.bookmarks))


def _is_end(line: Paragraph) -> bool:
    return line.text.lower() in _ENDS


def _is_body(line: Paragraph) -> bool:
    return line.text.lower() in _BODIES or any(map(_BODY.fullmatch, line.bookmarks))


def _is_length(line: Paragraph) -> bool:
    return _label(line.text, HEAD) == "announced_words"


def _parts(lines: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    part: list[Paragraph] = []
    for line in lines:
        if _is_beginning(line) or _is_end(line):
            yield part
            part = []
        if not _is_end(line):
            part.append(line)
    yield part


def _is_article(part: Sequence[Paragraph]) -> bool:
    if any(_is_body(line) or _is_length(line) for line in part):
        return True
    return bool(part) and _is_beginning(part[0]) and any(opens_with_day(line.text) for line in part)


def _label(line: str, labels: dict[str, str]) -> str | None:
    found = labelled(line, labels, capitals=False)
    return found[0] if found else None


def _article(part: Sequence[Paragraph]) -> Article:
    body, is_labelled = _body_at(part)
    # Where only the length says that it is an article, its body begins below that.
    head = _head(part[: body + (not is_labelled)])
    rest = [line.text for line in part[body + 1 :] if line.text]
    end = _end_of_body(rest)
    abstract, text = _without_abstract(rest[:end])
    # The headline may look like a label.
    first = next((n for n in range(1, len(head)) if _label(head[n], HEAD)), len(head))
    at = next((n for n in _DAY_LINES if n < first and opens_with_day(head[n])), None)
    if at is None and first > 2 and gives_issue(head[2]):
        at = 2
    outlet = 0 if at is None else at - 1
    # The edition may have a line of its own.
    dated = [] if at is None else [line for line in head[at:first] if not states_rights(line)]
    columns = {
        "edition": edition_in(dated),
        "abstract": abstract,
        **_labelled_lines(head[first:], HEAD),
        **_labelled_lines(rest[end:], TAIL),
    }
    columns = clean(columns)
    return Article(
        " ".join(" ".join(head[: max(outlet, 1)]).split()) or None,
        "\n\n".join("\n".join(_lines(paragraph)) for paragraph in text),
        day_in(dated[0]) if dated else None,
        " ".join(head[outlet].split()) if outlet else None,
        columns.pop("author", None),
        columns,
    )


def _body_at(part: Sequence[Paragraph]) -> tuple[int, bool]:
    """Find the heading of the body, else the line of the length; a picture may have neither."""
    marked = [n for n, line in enumerate(part) if any(map(_BODY.fullmatch, line.bookmarks))]
    day = next((n for n, line in enumerate(part) if opens_with_day(line.text)), 0)
    # A headline may be called "Body".
    named = [n for n, line in enumerate(part) if n > day and line.text.lower() in _BODIES]
    length = next((n for n, line in enumerate(part) if _is_length(line)), len(part) - 1)
    return next(iter(marked + named), length), bool(marked or named)


def _head(lines: Sequence[Paragraph]) -> list[str]:
    """Return the lines above the body; a cover ends at the last empty line above the outlet."""
    last = max((n for n, line in enumerate(lines) if _COVER.match(line.text)), default=-1)
    days = (n for n in range(last + 1, len(lines)) if opens_with_day(lines[n].text))
    written = [n for n in range(last + 1, next(days, 0)) if lines[n].text]
    # Between headline and outlet may stand empty lines too, where all lines have them.
    above = range(last + 1, max(written[-2:-1], default=0))
    first = max((n for n in above if not lines[n].text), default=last) if last >= 0 else -1
    kept = (without_corrected(line.text) for line in lines[first + 1 :])
    return list(filter(None, kept))


def _end_of_body(lines: Sequence[str]) -> int:
    end = next((n for n, line in enumerate(lines) if _is_behind(line)), None)
    if end is None:
        # Where no heading sets them apart, labels are the last lines.
        end = len(lines)
        while end and _label(lines[end - 1], TAIL):
            end -= 1
    return end


def _is_behind(line: str) -> bool:
    column = _label(line, TAIL)
    # A no-break space follows the labels of the database, and hardly ever a word of the article.
    return (
        line.lower() in BEHIND or column == "load_date" or (column is not None and "\xa0" in line)
    )


def _without_abstract(lines: list[str]) -> tuple[str, list[str]]:
    """Take the abstract away from the full text behind it."""
    parted = [piece for line in lines for piece in _at_heading(line)]
    if parted[:1] == [_ABSTRACT] and _FULL in parted:
        at = parted.index(_FULL)
        return " ".join(parted[1:at]), parted[at + 1 :]
    return "", parted[1:] if parted[:1] == [_FULL] else lines


def _at_heading(paragraph: str) -> list[str]:
    heading, _, rest = paragraph.partition("\n")
    return [heading, rest] if rest and heading in (_ABSTRACT, _FULL) else [paragraph]


def _lines(paragraph: str) -> list[str]:
    return [" ".join(line.split()) for line in paragraph.split("\n") if line.strip()]


def _labelled_lines(lines: Sequence[str], labels: dict[str, str]) -> dict[str, str]:
    """Read labels and what follows them, to the next; lines before the first say nothing."""
    values: dict[str, str] = {}
    column = ""
    for line in dropwhile(lambda line: not _begins_label(line, labels), lines):
        if line.lower() in BEHIND and labels is TAIL:
            column = BEHIND[line.lower()]
        elif found := labelled(line, labels, capitals=False):
            column = found[0]
            values[column] = "; ".join(filter(None, (values.get(column), found[1])))
        elif column and not states_rights(line):
            values[column] = f"{values[column]}; {line}" if column in values else line
    return values


def _begins_label(line: str, labels: dict[str, str]) -> bool:
    return _label(line, labels) is not None or (labels is TAIL and line.lower() in BEHIND)

"""LexisNexis as it was before Nexis Uni, as text: "1 of 10 DOCUMENTS" parts its articles."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from analysis.reading.exports.articles import Article, Export, Paragraph
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.nexis_labels import (
    HEAD,
    LONG,
    TAIL,
    clean,
    edition_in,
    gives_issue,
    labelled,
    opens_with_day,
    states_rights,
    unknown_label,
    without_corrected,
)
from analysis.reading.parsing.limits import ParsingError

MARK = re.compile(
    r"^[ \t\xa0]*(?:FOCUS[ \t]*-[ \t]*)?(?:"
    r"(?P<n>\d{1,7})[ \t]+(?:of|von|de|van)[ \t]+(?P<m>\d{1,7})[ \t]+DOCUMENT(?:S|EN)?|"
    r"(?:Dokument|Document)[ \t]+(?P<k>\d{1,7})[ \t]+(?:von|de|van)[ \t]+(?P<l>\d{1,7})"
    r")[ \t\xa0]*\r?$",
    re.MULTILINE,
)
_COVER = re.compile(
    r"^[ \t]*(?:Download Request|Ausgabeauftrag|Printopdracht)[ \t]*:(?P<what>.*)$", re.MULTILINE
)
_ITEMS = re.compile(r"(?<!\d)(\d{1,7})(?:\s?-\s?(\d{1,7}))?(?!\d)")
LENGTH = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LENGTE):[ \t]*(?:\d|$)", re.MULTILINE)
# The words that begin a cover or a length: behind a line end they are found much faster.
_BEGINS = re.compile(
    r"\n[ \t]*(?:LENGTH|LÄNGE|LONGUEUR|LENGTE|Download Request|Ausgabeauftrag|Printopdracht)"
)
_BLANK = re.compile(r"\n[ \t\xa0\r]*\n")
# ProQuest's texts have such lines.
_RULE = re.compile(r"^_{40,}", re.MULTILINE)
# Lines are wrapped at about 78 columns: where the next word had room, the break is the author's.
_COLUMNS = 70
_EDITION = re.compile(r"(?:\S+ ){0,4}(?:edition|ausgabe|édition|editie)\b.{0,30}", re.IGNORECASE)
# The day stands in one of the first lines, below the outlet.
_FIRST = 5
_GAPS_NAMED = 5


def recognises(source: str | Sequence[Paragraph]) -> bool:
    """Look for two of its three marks: the line that parts articles, the cover, the lengths."""
    text = _text(source)
    if not _BEGINS.search(f"\n{text}"):
        return False
    marks = [MARK.search(text), _COVER.search(text[:20_000]), LENGTH.search(text)]
    return sum(map(bool, marks)) > 1 and not _RULE.search(text)


def split(source: str | Sequence[Paragraph]) -> Export:
    """Part the articles of a text, or of the paragraphs of a Word file."""
    text = _text(source)
    marks = list(MARK.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)]
    blocks = [
        [_lines(block) for block in _BLANK.split(text[mark.end() : end])]
        for mark, end in zip(marks, ends[1:], strict=True)
    ]
    return export(marks, blocks, text[: ends[0]], _unwrapped)


def export(
    marks: Sequence[re.Match[str]],
    blocks: Sequence[list[list[str]]],
    cover: str,
    paragraph: Callable[[Sequence[str]], str],
) -> Export:
    """Make an export of the blocks of lines below each mark."""
    if not marks:
        raise ParsingError(
            "it was written by LexisNexis, but no line such as '1 of 10 DOCUMENTS' parts its "
            "articles; download it again, with the numbers of the documents"
        )
    numbers = [int(mark["n"] or mark["k"]) for mark in marks]
    [(total, _)] = Counter(int(mark["m"] or mark["l"]) for mark in marks).most_common(1)
    articles = [_article(own, paragraph) for own in blocks]
    request = _COVER.search(cover)
    selected = _selected(request["what"]) if request else 0
    return Export(articles, selected or total, _on_gaps(numbers))


def _text(source: str | Sequence[Paragraph]) -> str:
    return source if isinstance(source, str) else "\n\n".join(one.text for one in source)


def _selected(request: str) -> int:
    """Count the items that a request selects."""
    ends = [(int(first), int(last or first)) for first, last in _ITEMS.findall(request)]
    return sum(last - first + 1 for first, last in ends)


def _on_gaps(numbers: Sequence[int]) -> list[str]:
    first, last = min(numbers), max(numbers)
    # What is scattered was picked by hand.
    if not 0 < last - first + 1 - len(set(numbers)) < len(numbers):
        return []
    missing = sorted(set(range(first, last)) - set(numbers))
    named = ", ".join(map(str, missing[:_GAPS_NAMED]))
    return [f"its articles are numbered, and there is none with the number {named}"]


def _lines(block: str) -> list[str]:
    lines = (" ".join(line.split()) for line in block.split("\n"))
    return [line for line in lines if line]


def _unwrapped(lines: Sequence[str]) -> str:
    """Join lines that were broken where the column ended."""
    text = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        word = following.partition(" ")[0]
        text += line + ("\n" if len(line) + len(word) < _COLUMNS else " ")
    return text.strip()


def _article(blocks: Sequence[Sequence[str]], paragraph: Callable[[Sequence[str]], str]) -> Article:
    own = [lines for block in blocks if (lines := [x for x in block if not states_rights(x)])]
    own = [piece for lines in own for piece in _at_labels(lines)]
    end = _tail(own)
    at = next((n for n, lines in enumerate(own[:_FIRST]) if opens_with_day(lines[0])), None)
    if at is None and len(own) > 3 and gives_issue(own[1][0]) and not _label(own[2]):
        at = 1
    title = min(1 if at is None else at + 1, end)
    label = next((n for n in range(title, end) if _label(own[n])), None)
    # Without any label, the headline is the one block below the day.
    body = begin = min(title + 1, end) if label is None else label
    while body < end and (column := _label(own[body])):
        if column == "body":
            own[body] = list(filter(None, [_without_label(own[body][0]), *own[body][1:]]))
            break
        body += 1
    dated = [] if at is None else [without_corrected(line) for line in own[at]]
    # The edition stands below the day, at times apart from it.
    if begin - title > 1 and _EDITION.fullmatch(own[title][0]):
        dated += own[title]
        title += 1
    headline = " ".join(line for lines in own[title:begin] for line in lines)
    columns = {**_values(own[begin:body], HEAD), **_values(own[end:], TAIL)}
    columns = clean({"title": headline, "edition": edition_in(dated), **columns})
    return Article(
        columns.pop("title", None),
        "\n\n".join(map(paragraph, filter(None, own[body:end]))),
        day_in(dated[0]) if dated else None,
        " ".join(own[0]) if own and at != 0 else None,
        columns.pop("author", None),
        columns,
    )


def _label(lines: Sequence[str], labels: Mapping[str, str] = HEAD) -> str | None:
    found = labelled(lines[0], labels, capitals=True) if lines else None
    return found[0] if found else None


def _without_label(line: str) -> str:
    return line.partition(":")[2].strip()


def _at_labels(lines: Sequence[str]) -> list[list[str]]:
    """Part a block of labels that have no blank lines between them."""
    pieces = [[lines[0]]]
    known = {**HEAD, **TAIL}
    for line in lines[1:]:
        if _label(pieces[0], known) and _label([line], known):
            pieces.append([])
        pieces[-1].append(line)
    return pieces


def _tail(own: Sequence[Sequence[str]]) -> int:
    """Find the first of the labels that stand behind the body."""
    end = begin = len(own)
    only_labels = True
    while begin:
        begin -= 1
        column = _label(own[begin], TAIL)
        # What has no label belongs to the one before it, if that may be long; else it is body.
        if column and (only_labels or column in LONG):
            end, only_labels = begin, True
        elif column or _label(own[begin]):
            break
        elif not unknown_label(own[begin][0]):
            only_labels = False
    return end


def _values(pieces: Sequence[Sequence[str]], labels: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    column = ""
    for lines in pieces:
        found = _label(lines, labels) or unknown_label(lines[0])
        column = found or column
        text = " ".join(lines)
        values[column] = f"{values.get(column, '')} {_without_label(text) if found else text}"
    values.pop("body", None)
    return values

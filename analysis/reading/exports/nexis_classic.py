"""LexisNexis as it was before Nexis Uni, as text: "1 of 10 DOCUMENTS" parts its articles."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from analysis.reading.exports.articles import Article, Export, Paragraph
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.lines import text_of_source
from analysis.reading.exports.nexis_labels import (
    HEAD,
    LONG,
    SURE,
    TAIL,
    clean,
    edition_in,
    gives_issue,
    labelled,
    opens_with_day,
    unknown_label,
    without_corrected,
)
from analysis.reading.exports.values import NUMBER_OF_WORDS, digits_in, states_rights
from analysis.reading.parsing.limits import ParsingError

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,7}"
MARK = re.compile(
    r"^[ \t\xa0]*(?:FOCUS[ \t]*-[ \t]*)?(?:"
    rf"(?P<n>{_NUMBER})[ \t]+(?:of|von|de|van)[ \t]+(?P<m>{_NUMBER})[ \t]+DOCUMENT(?:S|EN)?|"
    rf"(?:Dokument|Document)[ \t]+(?P<k>{_NUMBER})[ \t]+(?:von|de|van)[ \t]+(?P<l>{_NUMBER})"
    r")[ \t\xa0]*$",
    re.MULTILINE | re.IGNORECASE,
)
_COVERS = (
    "(?:Download|Print|Email) Request|Ausgabeauftrag|Printopdracht|"
    "Demande (?:d'impression|de téléchargement)"
)
_COVER = re.compile(rf"^[ \t]*(?:{_COVERS})[ \t]*:(?P<what>.*)$", re.MULTILINE)
_LIST = re.compile(r"\D*((?:\d{1,7}(?:\s?-\s?\d{1,7})?[,; ]*)*)")
_ITEMS = re.compile(r"(?<!\d)(\d{1,7})(?:\s?-\s?(\d{1,7}))?(?!\d)")
_LENGTHS = "LENGTH|LÄNGE|LONGUEUR|LENGTE"
LENGTH = re.compile(rf"^(?:{_LENGTHS}):[ \t]*(?:\d|$)", re.MULTILINE | re.IGNORECASE)
# Behind a line end they are found much faster, and few texts have one.
_BEGINS = re.compile(rf"\n[ \t]*(?:{_COVERS}|{_LENGTHS})", re.IGNORECASE)
_SMALL = re.compile(
    rf"^(?:{'|'.join(sorted({**HEAD, **TAIL}, key=len, reverse=True))}):",
    re.MULTILINE | re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t\xa0]*\n")
# ProQuest's texts have such lines.
_RULE = re.compile(r"^_{40,}", re.MULTILINE)
# Lines are wrapped at about 78 columns: where the next word had room, the break is the author's.
_COLUMNS = 70
_EDITION = re.compile(r"(?:\S+ ){0,4}(?:edition|ausgabe|édition|editie)\b.{0,30}", re.IGNORECASE)
# The day stands in one of the first lines, below the outlet.
_FIRST = 5
_LONGEST_HEAD = 20
_BARE = frozenset({"ABSTRACT", "FULL TEXT"})
_GAPS_NAMED = 5


def recognises(source: str | Sequence[Paragraph]) -> bool:
    """Look for two of its three marks: the line that parts articles, the cover, the lengths."""
    text = text_of_source(source)
    if not _BEGINS.search(f"\n{text}"):
        return False
    marks = [MARK.search(text), _COVER.search(text[:20_000]), LENGTH.search(text)]
    return sum(map(bool, marks)) > 1 and not _RULE.search(text)


def split(source: str | Sequence[Paragraph]) -> Export:
    """Part the articles of a text, or of the paragraphs of a Word file."""
    text = _text(source)
    marks = list(MARK.finditer(text))
    # Files that were joined have a cover each.
    covers = [cover.start() for cover in _COVER.finditer(text)]
    cuts = sorted([*(mark.start() for mark in marks), *covers, len(text)])
    end_of = dict(pairwise(cuts))
    blocks = [_blocks(text[mark.end() : end_of[mark.start()]].strip()) for mark in marks]
    return export(marks, blocks, requests_in(text), _unwrapped)


def export(
    marks: Sequence[re.Match[str]],
    blocks: Sequence[list[list[str]]],
    requests: Sequence[str],
    paragraph: Callable[[Sequence[str]], str],
) -> Export:
    """Make an export of the blocks of lines below each mark."""
    if not marks:
        raise ParsingError(
            "it was written by LexisNexis, but no line such as '1 of 10 DOCUMENTS' parts its "
            "articles; download it again, with the numbers of the documents"
        )
    numbers = [int(digits_in(mark["n"] or mark["k"])) for mark in marks]
    totals = Counter(int(digits_in(mark["m"] or mark["l"])) for mark in marks)
    [(total, _)] = totals.most_common(1)
    articles = [_article(own, paragraph) for own in blocks]
    selected = sum(map(_selected, requests))
    return Export(articles, selected or total, _on_gaps(numbers))


def requests_in(cover: str) -> list[str]:
    """Return what was asked for, as covers name it."""
    return [found["what"] for found in _COVER.finditer(cover)]


def _text(source: str | Sequence[Paragraph]) -> str:
    text = text_of_source(source)
    length = LENGTH.search(text)
    # Where somebody wrote the labels in small letters, all have capitals again.
    is_small = length is not None and not length[0].partition(":")[0].isupper()
    return _SMALL.sub(lambda label: label[0].upper(), text) if is_small else text


def _selected(request: str) -> int:
    """Count the items that a request selects."""
    listed = _LIST.match(request)
    items = _ITEMS.findall(listed[1]) if listed else []
    ends = [(int(first), int(last or first)) for first, last in items]
    return sum(last - first + 1 for first, last in ends)


def _on_gaps(numbers: Sequence[int]) -> list[str]:
    first, last = min(numbers), max(numbers)
    # What is scattered was picked by hand.
    if not 0 < last - first + 1 - len(set(numbers)) < len(numbers):
        return []
    missing = sorted(set(range(first, last)) - set(numbers))
    named = ", ".join(map(str, missing[:_GAPS_NAMED]))
    return [f"its articles are numbered, and there is none with the number {named}"]


def _blocks(text: str) -> list[list[str]]:
    """Cut a text at its blank lines; where there are none, a paragraph is a line."""
    blocks = _BLANK.split(text)
    return list(map(_lines, blocks if len(blocks) > 1 else text.split("\n")))


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
    own = _pieces([lines for block in blocks if (lines := list(block))])
    end = _tail(own)
    at = next((n for n, lines in enumerate(own[:_FIRST]) if opens_with_day(lines[0])), None)
    if at is None and len(own) > 3 and gives_issue(own[1][0]) and not _label(own[2]):
        at = 1
    title = min(1 if at is None else at + 1, end)
    label = next((n for n in range(title, end) if _label(own[n])), None)
    # Without any label, the headline is the one block below the day.
    begin = min(title + 1, end) if label is None else label
    body = _body(own, begin, end)
    if body < end and _label(own[body]) == "body":
        own[body] = list(filter(None, [_without_label(own[body][0]), *own[body][1:]]))
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
        " ".join(own[max((at or 1) - 1, 0)]) if own and at != 0 else None,
        columns.pop("author", None),
        columns,
    )


def _pieces(blocks: Sequence[list[str]]) -> list[list[str]]:
    """Take rights and corrections away, and part what stands in one block without blank lines."""
    parted = [piece for n, lines in enumerate(blocks) for piece in _at_day(lines, n < _FIRST)]
    day = next((n for n, lines in enumerate(parted[:_FIRST]) if opens_with_day(lines[0])), 1)
    own = []
    for n, lines in enumerate(parted):
        is_stated = states_rights(lines[0])
        if n < day:
            # Above the day, the outlet stands below the rights.
            kept = [line for line in lines if not states_rights(line)]
            own.append(kept[-1:] if is_stated else kept)
        elif not is_stated:
            own.append(lines)
    return [
        piece
        for lines in own
        if lines and (len(lines) > 1 or lines[0].lower() != "correction appended")
        for piece in _at_labels([f"{line}:" if line in _BARE else line for line in lines])
    ]


def _at_day(lines: list[str], is_near: bool) -> list[list[str]]:
    at = next((n for n in range(1, len(lines) * is_near) if opens_with_day(lines[n])), 0)
    return [lines[:at], lines[at:]] if at else [lines]


def _body(own: Sequence[Sequence[str]], begin: int, end: int) -> int:
    """Find where the body begins, behind labels and what is said under them."""
    near = range(begin, min(end, begin + _LONGEST_HEAD))
    body = max((n for n in near if _ends_head(own[n])), default=begin)
    while body < end and _label(own[body]) != "body":
        follows = body + 1 < end and _label(own[body + 1])
        if not _label(own[body]) and not (follows and unknown_label(own[body][0])):
            break
        body += 1
    return body


def _ends_head(lines: Sequence[str]) -> bool:
    """Say whether a label at the latest stands before the body; a film has a length, too."""
    column = _label(lines)
    if column == "announced_words":
        return NUMBER_OF_WORDS.match(_without_label(lines[0])) is not None
    return column in ("title", "body")


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
        if column and (only_labels or column in LONG | SURE):
            end, only_labels = begin, True
        elif _label(own[begin]):
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

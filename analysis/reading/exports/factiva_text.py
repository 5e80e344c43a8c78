"""Text of Factiva, as .txt or out of .rtf → articles: with codes, or lines in a fixed order."""

import re
from collections.abc import Iterator, Sequence

from analysis.reading.exports.articles import Article, Export, Paragraph
from analysis.reading.exports.factiva import (
    ACCESSION,
    HEAD_CODES,
    NAMES,
    NUMBER,
    TAIL_CODES,
    TEXT_CODES,
    article_of_codes,
    names_day,
    read_head,
)
from analysis.reading.exports.lines import paragraphs_in, text_of_source
from analysis.reading.exports.values import NUMBER_OF_WORDS, author_in
from analysis.reading.parsing.limits import ParsingError

_ANY_CODE = "|".join(sorted((*HEAD_CODES, *TEXT_CODES, *TAIL_CODES), key=len, reverse=True))
# Cells of tables come out of .rtf with a bar between them.
_CODED = re.compile(rf"^[\s|]*({_ANY_CODE})(?:([\s|]+)(.*))?$")
_ANY_NUMBER = re.compile(rf"{NUMBER}[^\w\n]*$", re.MULTILINE)
_WIDE = re.compile(r"\t|\||[ \u00a0]{2,}")
_NAMED_CODES = re.compile(r"\S+ : \S")
_SUMMARIES = ("Search Summary", "Suchzusammenfassung", "Résumé de")
_SUMMARY = re.compile(rf"^\s*(?:{'|'.join(_SUMMARIES)}(?: la)?(?: recherche)?)\s*$")
_RUNNING_FOOT = re.compile(r"^(?:Page \d+ of \d+\s*)?©.{0,20}Factiva\b")
_SUFFIX = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Pty|S\.A|plc|B\.V|N\.V)\.$", re.IGNORECASE)
_MOST_WORDS_OF_A_PUBLISHER = 12
_NOT_TOLD = (
    "it was written by Factiva, but where its articles begin and end cannot be told; download them "
    "again in Article Format or with indexing"
)


def recognises(source: str | Sequence[Paragraph]) -> bool:
    """Know the text by a number of Factiva or its summary, beside numbers of words or codes."""
    text = text_of_source(source)
    # Words are found much faster than patterns, and few texts have one.
    if not any(word in text for word in (*NAMES, *_SUMMARIES)):
        return False
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if _ANY_NUMBER.search(text):
        return any(map(NUMBER_OF_WORDS.match, lines)) or _is_coded(text)
    return any(map(_SUMMARY.match, lines)) and (any(_heads(lines)) or _is_coded(text))


def split(source: str | Sequence[Paragraph]) -> Export:
    """Part a text into its articles."""
    text = text_of_source(source)
    pages = _pages(text)
    if _is_coded(text):
        fields = [one for page in pages for one in _coded_articles(page)]
        return _export([_coded_article(one) for one in fields if "HD" in one or "LP" in one])
    articles: list[Article] = []
    left_out: list[str] = []
    n_guessed = 0
    for lines in (part for page in pages for part in _parts(page)):
        # Blank lines say nothing before the text begins.
        written = [n for n, line in enumerate(lines) if line]
        head = [lines[n] for n in written]
        beginnings = [n for n, begins in enumerate(_heads(head)) if begins]
        if len(beginnings) > 1:
            raise ParsingError(_NOT_TOLD)
        if not beginnings:
            left_out.append(head[0])
            continue
        at = beginnings[0]
        section, title, author, guessed = _before_words(head[:at])
        columns, length = read_head(head[at:])
        begin = written[at + length - 1] + 1
        article = _plain_article(lines[begin:], {"section": section, **columns})._replace(
            title=title, author=author
        )
        articles.append(article)
        n_guessed += guessed
    notes = []
    if left_out:
        notes.append(
            f"{len(left_out):,} stretches of text have no number of words and no date, so they "
            f"were left out; the first begins {left_out[0][:60]!r}"
        )
    if n_guessed:
        notes.append(
            f"which line is the headline was told by its length in {n_guessed:,} of "
            f"{len(articles):,} articles, as this format names no lines; save them with indexing "
            "to be sure"
        )
    return _export(articles, notes)


def _export(articles: list[Article], notes: Sequence[str] = ()) -> Export:
    if not articles:
        raise ParsingError(_NOT_TOLD)
    return Export(articles, notes=list(notes))


def _heads(lines: Sequence[str]) -> Iterator[bool]:
    """Say of each line whether it gives a number of words, with a day right behind."""
    for line, *others in zip(lines, [*lines[1:], ""], [*lines[2:], "", ""], strict=False):
        yield NUMBER_OF_WORDS.match(line) is not None and any(map(names_day, others))


def _is_coded(source: str) -> bool:
    found = {match[1] for line in source.splitlines() if (match := _CODED.match(line))}
    return {"HD", "PD"} <= found or {"HD", "LP"} <= found


def _pages(source: str) -> list[list[str]]:
    """Return the lines between form feeds, up to the summary of the search."""
    pages = [
        [line.strip() for line in page.split("\n") if not _RUNNING_FOOT.match(line.strip())]
        for page in source.split("\f")
    ]
    for n, lines in enumerate(pages):
        for at, line in enumerate(lines):
            if _SUMMARY.match(line):
                return [*pages[:n], lines[:at]]
    return pages


def _coded_articles(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in [*lines, "HD"]:
        found = _CODED.match(line)
        if found and _is_code(found, fields):
            if found[1] in HEAD_CODES and not fields.keys().isdisjoint(TAIL_CODES):
                yield fields
                fields = {}
            code, line = found[1], found[3] or ""
            fields.setdefault(code, [])
        if code:
            fields[code].append(line.strip("| \t\u00a0"))
    if fields.keys() - {"HD"}:
        yield fields


def _coded_article(fields: dict[str, list[str]]) -> Article:
    return article_of_codes(
        {
            code: paragraphs_in(lines) if code in TEXT_CODES else list(filter(None, lines))
            for code, lines in fields.items()
        }
    )


def _is_code(found: re.Match[str], before: dict[str, list[str]]) -> bool:
    """Say whether a line begins with a code, and not with a word such as IN, RE or CO."""
    code, gap, value = found[1], found[2], found[3] or ""
    if not before.keys().isdisjoint(TAIL_CODES) or before.keys().isdisjoint(TEXT_CODES):
        return code not in before or before.keys() >= {"HD", "AN"}
    if code in HEAD_CODES:
        return False
    if gap is None or code in TEXT_CODES or _WIDE.search(gap):
        return True
    if code == "AN":
        return ACCESSION.match(value) is not None
    return code in ("ART", "IPC", "IPD", "PUB") or _NAMED_CODES.match(value) is not None


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Cut lines behind each number of an article."""
    part: list[str] = []
    for line in lines:
        part.append(line)
        if ACCESSION.match(line):
            yield part
            part = []
    if any(part):
        yield part


def _plain_article(body: Sequence[str], columns: dict[str, str | None]) -> Article:
    *lines, last = body or [""]
    if number := ACCESSION.match(last):
        columns["source_id"] = number[1]
        at = max((n for n, line in enumerate(lines) if line), default=None)
        if at is not None and _is_publisher(lines[at]):
            lines = lines[:at]
    else:
        lines.append(last)
    return Article(
        title=None,
        text="\n\n".join(paragraphs_in(lines)),
        date=columns.pop("date", None),
        outlet=columns.pop("outlet", None),
        columns={name: value for name, value in columns.items() if value},
    )


def _before_words(
    lines: Sequence[str],
) -> tuple[str | None, str | None, str | None, bool]:
    """Tell section, headline and author among the lines before the number of words."""
    if len(lines) < 2:
        return None, lines[0] if lines else None, None, False
    *others, last = lines
    author = author_in(last)
    if author != last:
        *sections, title = others
        return "; ".join(sections) or None, title, author, False
    if len(others) >= 2:
        return others[0], " ".join(others[1:]), last, len(others) > 2
    if len(last) > len(others[0]):
        return others[0], last, None, True
    return None, others[0], last, True


def _is_publisher(line: str) -> bool:
    ends = line.rstrip("\"'”’»)")[-1:] in ".!?…" and not _SUFFIX.search(line)
    return not ends and len(line.split()) <= _MOST_WORDS_OF_A_PUBLISHER

"""What Factiva writes of an article, in all its forms: codes, or lines in a fixed order."""

import re
from collections.abc import Mapping, Sequence

from analysis.reading.exports.articles import Article
from analysis.reading.exports.dates import day_in
from analysis.reading.exports.values import (
    NUMBER_OF_WORDS,
    author_in,
    code_of_language,
    digits_in,
    states_rights,
)

# The codes of the indexed form, by where they stand: before the text, in it, and behind it.
HEAD_CODES = tuple("SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY CLM DLN CX RST".split())
TEXT_CODES = ("LP", "TD")
TAIL_CODES = tuple("ART CT RF CO IN NS RE IPC IPD PUB AN".split())
_COLUMNS = {"SE": "section", "ED": "edition", "PG": "page", "DLN": "dateline", "CR": "credit"}
# With a code before each name.
_NAMED = {"NS": "subjects", "CO": "companies", "IN": "industries", "RE": "places"}

# The number under which Factiva keeps an article, as it names it at the end.
NAMES = ("Document", "Dokument", "Документ", "文件", "文書", "ドキュメント")
NUMBER = rf"(?:{'|'.join(NAMES)}|Documento)[ \t]+([A-Z][A-Z0-9]{{11,30}}[a-z0-9]{{4,20}})"
ACCESSION = re.compile(rf"^\W*{NUMBER}\W*$")
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?", re.IGNORECASE
)
_YEAR = re.compile(r"\d\D*\b(?:19|20)\d\d\b")
_LONGEST_DAY = 40
_NEAR = 5
_LONGEST_RIGHTS = 200
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,12}")
_COPYRIGHT = re.compile(r"\(c\)|©|copyright|\b(?:19|20)\d\d\b|all rights reserved", re.IGNORECASE)


def article_of_codes(fields: Mapping[str, Sequence[str]], language: str | None = None) -> Article:
    """Make an article of the indexed form: the paragraphs of each code."""
    one = {code: " ".join(values).strip() for code, values in fields.items()}
    columns = {name: one[code] for code, name in _COLUMNS.items() if one.get(code)}
    if found := NUMBER_OF_WORDS.match(one.get("WC", "")):
        columns["announced_words"] = digits_in(found[1])
    if named := code_of_language(one.get("LA", "")) or language:
        columns["language"] = named
    named_in = {name: _names_in(one.get(code, "")) for code, name in _NAMED.items()}
    columns |= {name: names for name, names in named_in.items() if names}
    if number := one.get("AN", "").split()[-1:]:
        columns["source_id"] = number[0]
    return Article(
        title=one.get("HD") or None,
        text="\n\n".join(paragraph for code in TEXT_CODES for paragraph in fields.get(code, ())),
        date=day_in(one.get("PD", "")),
        outlet=one.get("SN") or None,
        author=author_in(one.get("BY", "")),
        columns=columns,
    )


def read_head(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Read the lines from the number of words on; return also how many of them are the head."""
    head: dict[str, str] = {}
    at = 0
    if lines and (found := NUMBER_OF_WORDS.match(lines[0])):
        head["announced_words"] = digits_in(found[1])
        at = 1
    if at < len(lines) and names_day(lines[at]):
        head["date"] = day_in(lines[at]) or ""
        at += 1
    if at < len(lines) and _TIME.fullmatch(lines[at]):
        at += 1
    if "date" in head and at < len(lines):
        head["outlet"] = lines[at]
        at += 1
    if at < len(lines) and _SOURCE_CODE.fullmatch(lines[at]):
        at += 1
    # Edition and page stand before the language, the copyright behind it.
    near = range(at, min(at + _NEAR, len(lines)))
    spoken = next((n for n in near if _names_language(lines[n])), None)
    rights = next((n for n in near if states_rights(lines[n])), None)
    if spoken is not None:
        head["language"] = code_of_language(lines[spoken]) or ""
    if (end := rights if spoken is None else spoken) is not None:
        *editions, page = lines[at:end] or [""]
        if page and not any(map(str.isdigit, page)):
            editions, page = [*editions, page], ""
        head |= {"edition": "; ".join(editions), "page": page}
        at = end if spoken is None else spoken + 1
    if at < len(lines) and len(lines[at]) < _LONGEST_RIGHTS and _COPYRIGHT.search(lines[at]):
        at += 1
    while at < len(lines) and states_rights(lines[at]):
        at += 1
    return {name: value for name, value in head.items() if value}, at


def names_day(line: str) -> bool:
    """Say whether a line names a day, in whatever language."""
    return day_in(line) is not None or (len(line) < _LONGEST_DAY and bool(_YEAR.search(line)))


def _names_language(line: str) -> bool:
    # Editions have codes of two letters, too.
    return (len(line) > 2 or not line.isascii()) and code_of_language(line) is not None


def _names_in(codes: str) -> str:
    """Return the names behind the codes of subjects: `gpol : Politics | gvote : Elections`."""
    names = (part.rpartition(" : ")[2].strip() for part in codes.split("|"))
    return "; ".join(filter(None, names))

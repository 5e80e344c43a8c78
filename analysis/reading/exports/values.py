"""What databases write behind their labels → values of columns; lines of rights."""

import re
from pathlib import Path
from typing import Any

import yaml

# Read as a file: where untrusted files are parsed there is no room for the libraries of tables.
WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yml").read_text("utf-8"))
_CODES = {name: code for code, names in WORDS["languages"].items() for name in names.split()}
_BEFORE = [
    form
    for word in WORDS["before_authors"].split()
    for form in (word.title(), word.upper(), *([] if word == "von" else [word]))
]
# "Von der" and "von" begin names.
_BYLINE = re.compile(rf"(?:{'|'.join(_BEFORE)})\s+(?!de[rmn]\b)")
NUMBER_OF_WORDS = re.compile(
    rf"^([\d.,'\u00a0\u202f ]*\d)\s*(?:{'|'.join(WORDS['of_words'].split())})$", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"\W*(?:copyright|©|\(c\))[\s,:]*(?:©|\(c\))?[\s,]*(?:1[89]|20)\d\d\b|"
    r"\W*(?:all rights reserved|alle rechten? (?:vorbehalten|voorbehouden)|tous droits réservés)\b",
    re.IGNORECASE,
)


def author_in(line: str) -> str | None:
    """Return the names in a byline."""
    begin = _BYLINE.match(line)
    return line[begin.end() if begin else 0 :].strip() or None


def code_of_language(name: str) -> str | None:
    """Return the code of a language, however it is written: English, GERMAN; DEUTSCH, zhcn."""
    name = name.strip().lower()
    first = re.split(r"[\s,;(（–—－-]", name)[0]
    code = name if re.fullmatch("[a-z]{2}", name) else None
    return _CODES.get(name) or _CODES.get(first) or code


def digits_in(number: str) -> str:
    """Return a number without what parts its thousands."""
    return re.sub(r"\D", "", number)


def states_rights(line: str) -> bool:
    """Tell whether a line says whose an article is: "(c) 2024 …", "All Rights Reserved"."""
    return _RIGHTS.match(line) is not None

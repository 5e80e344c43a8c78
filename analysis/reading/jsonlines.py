"""JSON → rows, a line each or the articles in a whole file; what is no row is refused by itself."""

import json
import math
import re
from typing import Any, NoReturn

from analysis.reading.nested import flat, rows_of_json, rows_within, unique_keys
from analysis.reading.records import Rows, UnreadableError

# Tweets in the archive that Twitter gives of an account are a program, of which this alone is no
# JSON; its other files hold likes, letters and settings. The second is of archives before 2018.
_BEFORE = re.compile(
    r"\s*(?:window\.YTD\.(?:community_)?tweets?\.part\d+|Grailbird\.data\.tweets_\w+)\s*="
)
_BETWEEN = re.compile(r"[\s,;\x1e\ufeff]*")
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")


def parse_json_lines(text: str) -> Rows:
    """Cut JSON lines into rows."""
    rows: list[tuple[int, dict[str, Any]]] = []
    malformed: list[tuple[int, str]] = []
    # Only \n ends a line: U+2028 and its like may stand inside JSON strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip("\ufeff\x1e \t\r"):
            continue
        try:
            rows.append((number, _parse_object(line.strip("\ufeff\x1e"))))
        except (ValueError, RecursionError) as fault:
            malformed.append((number, _told(fault, line)))
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    return Rows(columns, rows, malformed)


def parse_articles(text: str, text_column: str) -> Rows:
    """Make rows of JSON lines, which may be answers of a service, or one list after all."""
    lines = parse_json_lines(text)
    try:
        if lines.rows and not text.lstrip().startswith("["):
            return rows_within(lines, text_column)
        return parse_json(text, text_column)
    except RecursionError:
        return lines
    except UnreadableError:
        if lines.rows:
            raise
        return lines


def is_archive(text: str) -> bool:
    """Tell whether a program is a file of the archive that Twitter gives of an account."""
    return _BEFORE.match(text) is not None


def parse_json(text: str, text_column: str) -> Rows:
    """Make rows of the articles in a JSON file, which may be several values behind one another."""
    if start := _BEFORE.match(text):
        # As many blanks, so that places in the file stay what they are.
        text = " " * start.end() + text[start.end() :]
    try:
        values = _values(text)
        return rows_of_json(values[0] if len(values) == 1 else values, text_column)
    except (ValueError, RecursionError) as fault:
        lines = parse_json_lines(text) if text.lstrip().startswith("{") else None
        if lines is not None and lines.rows:
            return lines
        raise UnreadableError(_told(fault, text)) from None
    except MemoryError:
        raise UnreadableError(
            "it is larger than the memory at hand; split it, or save its articles as .jsonl and "
            "read them with score_corpus"
        ) from None


def _values(text: str) -> list[Any]:
    values = []
    position = _after(text, 0)
    while position < len(text):
        value, position = _DECODER.raw_decode(text, position)
        values.append(value)
        position = _after(text, position)
    return values


def _after(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _parse_object(line: str) -> dict[str, Any]:
    value = json.loads(line, **_OPTIONS)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object; write one object {…} on each line")
    return flat(value)


def _told(fault: ValueError | RecursionError, text: str) -> str:
    """Say what is wrong, and what to do."""
    if isinstance(fault, RecursionError):
        return "not usable: its lists or objects are nested too deep; save the articles alone"
    if not isinstance(fault, json.JSONDecodeError):
        too_long = str(fault).startswith("Exceeds the limit")
        return (
            "one of its numbers has too many digits; write it as text" if too_long else str(fault)
        )
    line = f"line {fault.lineno}, " if "\n" in text.rstrip("\n") else ""
    where = f"{line}character {fault.colno}"
    rest = text[fault.pos : fault.pos + 20].strip()
    if fault.msg.startswith("Unterminated") or any(word.startswith(rest) for word in _WORDS):
        return f"not valid JSON: it ends within what begins at {where}; save or download it again"
    comma = rest[0] in "]}" and text[: fault.pos].rstrip().endswith(",")
    if comma or fault.msg.startswith("Illegal trailing comma"):
        return f"not valid JSON: a comma stands before the end of a list, at {where}; remove it"
    if rest[0] == "'":
        return (
            f"not valid JSON: ' stands for \" at {where}; write it with json.dump, not with print"
        )
    return f"not valid JSON: {fault.msg} at {where}; save it again with the program that wrote it"


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse_number(number)


def _refuse_number(number: str) -> NoReturn:
    raise ValueError(f"{number} is no number that JSON knows; write null or a number")


_OPTIONS: Any = {
    "object_pairs_hook": unique_keys,
    "parse_constant": _refuse_number,
    "parse_float": _finite,
}
_DECODER = json.JSONDecoder(**_OPTIONS)

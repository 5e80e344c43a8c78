"""JSON → rows, a line each or the objects of one list; what is no row is refused by itself."""

import json
import math
from typing import Any, NoReturn

from analysis.reading.names import names_texts
from analysis.reading.records import Rows, UnreadableError, column_name


def parse_json_lines(text: str) -> Rows:
    """Cut JSON lines into rows."""
    rows: list[tuple[int, dict[str, Any]]] = []
    malformed: list[tuple[int, str]] = []
    # Only \n ends a line: U+2028 and its like may stand inside JSON strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append((number, _parse_object(line)))
        except json.JSONDecodeError as fault:
            malformed.append((number, f"not valid JSON: {fault.msg} at character {fault.pos + 1}"))
        except RecursionError:
            malformed.append((number, "not usable: its lists or objects are nested too deep"))
        except ValueError as fault:
            malformed.append((number, str(fault)))
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    return Rows(columns, rows, malformed)


def parse_json(text: str) -> Rows:
    """Make rows of a JSON file: one article, or the one list of articles in it."""
    try:
        value = _parse(text)
    except json.JSONDecodeError as fault:
        if fault.msg == "Extra data":
            return parse_json_lines(text)
        where = f"line {fault.lineno}, character {fault.colno}"
        raise UnreadableError(f"not valid JSON: {fault.msg} at {where}") from None
    except RecursionError:
        raise UnreadableError("its lists or objects are nested too deep") from None
    except ValueError as fault:
        raise UnreadableError(str(fault)) from None
    found = [value] if _is_list(value) else _lists(value)
    if len(found) > 1:
        raise UnreadableError(
            f"it holds {len(found)} lists of objects; save the articles as one list, or as .jsonl"
        )
    if not found and not isinstance(value, dict):
        raise UnreadableError("it holds no objects; write one object {…} for each article")
    cells = [
        {column_name(name): cell for name, cell in one.items()}
        for one in (found[0] if found else [value])
    ]
    columns = list(dict.fromkeys(name for row in cells for name in row))
    return Rows(columns, list(enumerate(cells, start=1)))


def _lists(value: Any, depth: int = 3) -> list[list[Any]]:
    """Find the lists of objects in an answer of a service; an article is one object."""
    if not isinstance(value, dict) or not depth or names_texts(list(value)):
        return []
    lists = [one for one in value.values() if _is_list(one)]
    return lists or [one for inner in value.values() for one in _lists(inner, depth - 1)]


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _parse(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_unique_keys, parse_constant=_refuse_number, parse_float=_finite
    )


def _parse_object(line: str) -> dict[str, Any]:
    value = _parse(line)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object; write one object {…} on each line")
    return _unique_keys([(column_name(name), cell) for name, cell in value.items()])


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise ValueError(f"the key {name!r} stands twice; keep one of them")
        result[name] = value
    return result


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse_number(number)


def _refuse_number(number: str) -> NoReturn:
    raise ValueError(f"{number} is no number that JSON knows; write null or a number")

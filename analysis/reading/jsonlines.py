"""JSON lines → rows; what is valid JSON but no row is refused line by line."""

import json
import math
from typing import Any, NoReturn

from analysis.reading.records import Rows, column_name


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


def _parse_object(line: str) -> dict[str, Any]:
    value = json.loads(
        line, object_pairs_hook=_unique_keys, parse_constant=_refuse_number, parse_float=_finite
    )
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

"""JSON as services write it → its articles, with columns such as `source.title`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import Any

from analysis.reading.markup import text_of_markup
from analysis.reading.names import WEAKER, folded, is_ours, listed, text_columns
from analysis.reading.records import Rows, UnreadableError, column_name

_MOST_PATHS = 30
_NO_OBJECT = "not a JSON object; write one object {…} for each article"
# What the pieces of one paragraph are called, as Telegram has them.
_PIECES = frozenset(
    "plain bold italic underline strikethrough spoiler code pre blockquote link text_link email "
    "phone mention mention_name hashtag cashtag bot_command bank_card custom_emoji".split()
)
# Objects that lie deeper stay as they are.
_DEEPEST = 10
# What stands beside the message in an answer that says what went wrong.
_FAULTS = frozenset({"code", "error", "errors", "status", "statuscode"})

# The objects of the lists at one path, each list with the object that it stands in.
_Lists = dict[str, list[tuple[Mapping[str, Any], list[Any]]]]


def flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """Make columns such as `source.title` of the objects within an object."""
    return unique_keys(list(_leaves(value, "")))


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its keys and values, each key once."""
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for n, name in enumerate(names) if name in names[:n])
        raise ValueError(f"the key {twice!r} stands twice; keep one of them")
    return result


def text_of_list(value: Sequence[Any]) -> str | None:
    """Join the paragraphs of a text, or the pieces of which Telegram makes one."""
    kinds = {str(one.get("type")) if isinstance(one, dict) else str for one in value}
    given = [one.get("text") if isinstance(one, dict) else one for one in value]
    pieces = [one for one in given if isinstance(one, str)]
    if not pieces or len(pieces) < len(given):
        return None
    if kinds == {str}:
        # Single words are another program's tokens.
        return "\n\n".join(pieces) if any(len(one.split()) > 1 for one in pieces) else None
    return "".join(pieces) if kinds <= {str, *_PIECES} else None


def rows_of_json(value: Any, text_column: str) -> Rows:
    """Find the articles in an answer of a service, or in an export."""
    value = _by_rows(value)
    lists: _Lists = {}
    found = _walk(value, "", {}, lists, text_column)
    if isinstance(value, dict) and _is_article(value, "", text_column, inside=False):
        if not found and text_column == "text":
            _refuse_message(value)
        rows = _rows([({}, [value])], "", text_column)
        inner = listed(_paths({path: lists[path] for path in found}, text_column), _MOST_PATHS)
        told = (
            f"it was read as one article; name the texts of its lists with text_column= ({inner})"
        )
        return replace(rows, notes=[*rows.notes, f"{told} to read these instead"] if found else [])
    if len({path.rpartition(".")[2] for path in found}) == 1:
        # The same list of several chats, or on several pages.
        return _rows([one for path in found for one in lists[path]], found[0], text_column)
    if found:
        raise UnreadableError(
            "several lists in it hold texts; name the texts of one with text_column=, of "
            f"{listed(_paths({path: lists[path] for path in found}, text_column), _MOST_PATHS)}"
        )
    outer = [path for path in lists if not any(_holds(other, path) for other in lists)]
    if isinstance(value, dict) and (not outer or _is_article(value, "", text_column)):
        return _rows([({}, [value])], "", text_column)
    if len(outer) == 1:
        return _rows(lists[outer[0]], outer[0], text_column)
    if not outer:
        raise UnreadableError("it holds no objects; write one object {…} for each article")
    raise UnreadableError(
        f"in none of its {len(outer)} lists are texts known as such; name them with text_column=, "
        f"of {listed(_paths({path: lists[path] for path in outer}), _MOST_PATHS)}"
    )


def rows_within(lines: Rows, text_column: str) -> Rows:
    """Find the articles in JSON lines that are answers of a service with many articles each."""
    values = [row for _, row in lines.rows]
    if not values or any(_is_article(row, "", text_column) for row in values):
        return lines
    lists: _Lists = {}
    if not _walk(values, "", {}, lists, text_column):
        return lines
    rows = rows_of_json(values, text_column)
    return Rows(rows.columns, rows.rows, [*lines.malformed, *rows.malformed], notes=rows.notes)


def _by_rows(value: Any) -> Any:
    """Turn what pandas writes, by columns or by rows, into a list of objects."""
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        return value
    columns = list(value.values())
    numbers = columns[0] if columns else {}
    if (
        numbers
        and all(map(str.isdecimal, numbers))
        and all(set(one) == set(numbers) for one in columns)
    ):
        return [{name: column[row] for name, column in value.items()} for row in numbers]
    if value and not any(map(str.isidentifier, value)):
        # Numbers and addresses, which name articles and no parts of one.
        return [{"id": name, **row} for name, row in value.items()]
    return value


def _refuse_message(value: Mapping[str, Any]) -> None:
    """Refuse what a service answers where it refuses."""
    texts = text_columns(tuple(value))
    faulty = len(value) == 1 or any(folded(name) in _FAULTS for name in value)
    if faulty and {folded(name) for name in texts} <= WEAKER["text"]:
        raise UnreadableError(
            f"it holds no articles, only a message of the service ({value[texts[0]]!r}); "
            "download it again"
        )


def _holds(outer: str, path: str) -> bool:
    return path != outer and (not outer or path.startswith(f"{outer}."))


def _leaves(value: Mapping[str, Any], prefix: str, depth: int = 1) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        path = prefix + _column_name(name)
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _leaves(inner, f"{path}.", depth + 1) if inner else [(path, None)]
        elif name == "rendered" and isinstance(inner, str):
            # What WordPress has made ready for a page.
            yield path, text_of_markup(inner)
        else:
            yield path, inner


_column_name = lru_cache(maxsize=4096)(column_name)


def _walk(
    value: Any, path: str, holder: Mapping[str, Any], lists: _Lists, text_column: str
) -> list[str]:
    """Collect the lists of objects within a value; return the paths of those with texts."""
    if isinstance(value, dict):
        inner = ((f"{path}.{name}" if path else str(name), one) for name, one in value.items())
        found = [_walk(one, at, value, lists, text_column) for at, one in inner]
    elif isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if objects:
            lists.setdefault(path, []).append((holder, value))
            if any(_is_article(one, path, text_column) for one in objects):
                return [path]
        found = [_walk(one, path, holder, lists, text_column) for one in value]
    else:
        return []
    return list(dict.fromkeys(one for several in found for one in several))


def _is_article(
    value: Mapping[str, Any], path: str, text_column: str, *, inside: bool = True
) -> bool:
    try:
        row = flat(value) if inside else value
    except ValueError:
        return False
    return any(_is_filled(row[name]) for name in _texts(row, path, text_column))


def _texts(row: Mapping[str, Any], path: str, text_column: str) -> Sequence[str]:
    """List the columns with the texts, also where one is named by its whole path."""
    if text_column in row:
        return [text_column]
    within = text_column.removeprefix(f"{path}.")
    if within in row:
        return [within]
    return text_columns(tuple(row)) if text_column == "text" else []


def _is_filled(value: Any) -> bool:
    if isinstance(value, list):
        # What has titles or dates is no part of a text, but articles in a list called `content`.
        names = [name for one in value if isinstance(one, dict) for name in one]
        return bool(value) and not any(is_ours(one, k) for one in names for k in ("title", "date"))
    return isinstance(value, str) and bool(value.strip())


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _rows(
    lists: Sequence[tuple[Mapping[str, Any], list[Any]]], path: str, text_column: str
) -> Rows:
    rows: list[tuple[int, dict[str, Any]]] = []
    malformed: list[tuple[int, str]] = []
    empty: list[tuple[int, dict[str, Any]]] = []
    told: list[str | None] = []
    numbers = count(1)
    for holder, objects in lists:
        outlet, guessed = _outlet(holder, path.rpartition(".")[2])
        for one, number in zip(objects, numbers, strict=False):
            try:
                row = flat(one)
            except (AttributeError, ValueError) as fault:
                reason = str(fault) if isinstance(one, dict) else _NO_OBJECT
                malformed.append((number, reason))
                continue
            if outlet and not any(is_ours(name, "outlet") for name in row):
                row["outlet"] = outlet
                told.append(guessed)
            texts = _texts(row, path, text_column)
            kept = empty if all(_is_empty(row[name]) for name in texts) else rows
            kept.append((number, row))
            if text_column not in row and text_column != "text" and texts:
                row[text_column] = row.pop(texts[0])
    notes = list(dict.fromkeys(filter(None, told)))
    if not rows:
        rows = empty
    elif empty:
        notes.append(
            f"of {next(numbers) - 1:,} objects, {len(empty):,} without a text (pictures, notices) "
            f"were left out; the first is number {empty[0][0]}"
        )
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    return Rows(columns, rows, malformed, notes=notes)


def _outlet(holder: Mapping[str, Any], name: str) -> tuple[str | None, str | None]:
    """Return the outlet that is named once for a whole list, and what there is to say of that."""
    if name == "messages":
        return _filled(holder.get("name")), None
    if name == "items" and "jsonfeed" in str(holder.get("version")):
        return _filled(holder.get("title")), None
    for key in holder:
        if is_ours(key, "outlet") and (outlet := _filled(holder[key])):
            told = f"the outlet {outlet!r} was taken from {key!r}, which stands once for the list"
            return outlet, told
    return None, None


def _filled(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _paths(lists: _Lists, text_column: str | None = None) -> list[str]:
    """List the paths of the texts in lists, or of all that is written there."""
    paths = {
        f"{path}.{name}" if path else name: None
        for path, several in lists.items()
        for _, objects in several
        for one in objects
        if isinstance(one, dict)
        for row in [flat(one)]
        for name in (row if text_column is None else _texts(row, path, text_column))
        if isinstance(row[name], str | list)
    }
    return list(paths)

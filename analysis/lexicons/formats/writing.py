"""A lexicon → a file of ours or of another program, and what that file cannot hold."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.errors import LexiconError
from analysis.lexicons.formats.spreadsheet import write_csv
from analysis.lexicons.formats.tree import PATH
from analysis.lexicons.model import Category, Entry, Lexicon, Loss, losses_table

_BY_ENDING = {
    ".yml": "media-framing",
    ".yaml": "media-framing",
    ".dic": "liwc",
    ".csv": "csv",
}


def save_lexicon(
    lexicon: Lexicon, path: str | os.PathLike[str], *, format: str | None = None
) -> pd.DataFrame:
    """Write a lexicon to a file.

    Parameters
    ----------
    lexicon : Lexicon
        Yours, or one built in.
    path : str or path
        Where to write. A file that is there is replaced, once the new one is whole.
    format : {"media-framing", "quanteda", "liwc", "csv"}, optional
        Our own YAML, which holds everything; quanteda's YAML; LIWC's .dic; a table of
        entries. Without it the ending decides: .yml and .yaml ours, .dic LIWC, .csv.

    Returns
    -------
    pandas.DataFrame
        Table ``losses``: what the format cannot hold, empty if nothing. All that it holds,
        `load_lexicon` reads back as it was.

    Raises
    ------
    LexiconError
        If the format is unknown, the file cannot be written, or a name or term has
        characters that the format cannot hold.

    Examples
    --------
    >>> import tempfile
    >>> import analysis as fa
    >>> lexicon = fa.lexicon_from_dict("demo", {"threat": [{"term": "menac*", "weight": 2}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fa.save_lexicon(lexicon, f"{folder}/demo.dic")["reason"].tolist()
    ['2 is not written', "name 'demo' is not written"]
    """
    target = Path(path).expanduser()
    kind = format or _BY_ENDING.get(target.suffix.lower())
    if kind not in _WRITERS:
        known = ", ".join(map(repr, _WRITERS))
        raise LexiconError(f"{target.name!r} has no format that is known; name it: format= {known}")
    text, losses = _WRITERS[kind](lexicon)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except UnicodeEncodeError:
        raise LexiconError(
            f"lexicon {lexicon.name!r} holds half of a surrogate pair, which no file can; take it "
            "out"
        ) from None
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise LexiconError(f"{str(target)!r} cannot be written: {fault.strerror}") from None
    return losses_table(losses)


def _write_ours(lexicon: Lexicon) -> tuple[str, list[Loss]]:
    fields: dict[str, Any] = {
        "name": lexicon.name,
        "version": lexicon.version,
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": list(lexicon.sources),
        "categories": {category.name: _ours(category) for category in lexicon.categories},
    }
    return _yaml({name: value for name, value in fields.items() if value}), []


def _ours(category: Category) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "definition": category.definition,
        "exclude": list(category.exclude),
        "terms": [_term(e) for e in category.entries if e.subcategory is None],
        "subcategories": {
            name: {
                **({"definition": definition} if definition else {}),
                "terms": [_term(e) for e in category.entries if e.subcategory == name],
            }
            for name, definition in category.subcategories
        },
    }
    return {name: value for name, value in fields.items() if value}


def _term(entry: Entry) -> str | dict[str, Any]:
    conditions: dict[str, Any] = {
        "weight": repr(entry.weight) if entry.weight != 1 else None,
        "case": "sensitive" if entry.case_sensitive else None,
        "unless": list(entry.unless),
        "before": list(entry.before),
        "after": list(entry.after),
    }
    given = {name: value for name, value in conditions.items() if value}
    return {"term": entry.term, **given} if given else entry.term


def _write_quanteda(lexicon: Lexicon) -> tuple[str, list[Loss]]:
    losses = [*_lost_of_entries(lexicon), *_lost_names(lexicon)]
    content: dict[str, Any] = {}
    for category in lexicon.categories:
        losses += [
            Loss("definition", "not written", category=f"{category.name}{PATH}{name}")
            for name, definition in category.subcategories
            if definition
        ]
        own = [e.term for e in category.entries if e.subcategory is None]
        inner: dict[str, Any] = {}
        for name, _ in category.subcategories:
            terms = [e.term for e in category.entries if e.subcategory == name]
            _nest(inner, name.split(PATH), terms)
        # Quanteda takes terms and categories side by side as a list that ends in a mapping.
        content[category.name] = [*own, inner] if own and inner else inner or own
    return _yaml(content), losses


def _nest(inner: dict[str, Any], path: list[str], terms: list[str]) -> None:
    for name in path[:-1]:
        below = inner.setdefault(name, {})
        if isinstance(below, list):
            below = inner[name] = {"": below}
        inner = below
    last = inner.get(path[-1])
    if isinstance(last, dict):
        last[""] = terms
    else:
        inner[path[-1]] = terms


def _write_liwc(lexicon: Lexicon) -> tuple[str, list[Loss]]:
    losses = [*_lost_of_entries(lexicon), *_lost_names(lexicon)]
    numbers = {category.name: n for n, category in enumerate(lexicon.categories, start=1)}
    lines = ["%"]
    codes: dict[str, list[int]] = {}
    for category in lexicon.categories:
        if category.name != " ".join(category.name.split()):
            raise LexiconError(
                f"the name of category {category.name!r} has line ends, tabs or repeated blanks, "
                "which a .dic file cannot hold; rename it"
            )
        lines.append(f"{numbers[category.name]}\t{category.name}")
        for entry in category.entries:
            if entry.subcategory is not None:
                reason = "not written: the format has one level of categories"
                named = f"{category.name}{PATH}{entry.subcategory}"
                losses.append(Loss("subcategory", reason, entry.line, named, entry.term))
            codes.setdefault(" ".join(entry.term.split()), []).append(numbers[category.name])
    lines.append("%")
    for term, own in codes.items():
        lines.append("\t".join([term, *(str(n) for n in dict.fromkeys(own))]))
    return "\n".join(lines) + "\n", losses


def _write_table(lexicon: Lexicon) -> tuple[str, list[Loss]]:
    losses = _lost_names(lexicon)
    for category in lexicon.categories:
        losses += [
            Loss("definition", "not written", category=f"{category.name}{PATH}{name}")
            for name, definition in category.subcategories
            if definition
        ]
    return write_csv(lexicon), losses


def _lost_names(lexicon: Lexicon) -> list[Loss]:
    """List what only our own form says of a lexicon as a whole."""
    said = {
        "name": lexicon.name,
        "version": lexicon.version if lexicon.version != "0" else "",
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": "; ".join(lexicon.sources),
    }
    losses = [Loss("name", f"{key} {text!r} is not written") for key, text in said.items() if text]
    losses += [
        Loss("definition", "not written", category=category.name)
        for category in lexicon.categories
        if category.definition
    ]
    return losses


def _lost_of_entries(lexicon: Lexicon) -> Iterator[Loss]:
    """List what makes entries count or not, and only our own form says."""
    for category in lexicon.categories:
        for phrase in category.exclude:
            yield Loss("exclusion", "not written: its hits will count", None, category.name, phrase)
        for e in category.entries:
            place = (e.line, category.name, e.term)
            if e.weight != 1:
                yield Loss("weight", f"{e.weight:g} is not written", *place)
            if e.case_sensitive:
                yield Loss("case", "not written: it will count in any case", *place)
            for name in ("unless", "before", "after"):
                if given := getattr(e, name):
                    reason = f"{name}: {', '.join(given)} is not written"
                    yield Loss("condition", reason, *place)


def _yaml(content: dict[str, Any]) -> str:
    try:
        return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96)
    except yaml.YAMLError as fault:
        raise LexiconError(f"the lexicon cannot be written as YAML ({fault})") from None


_WRITERS: dict[str, Callable[[Lexicon], tuple[str, list[Loss]]]] = {
    "media-framing": _write_ours,
    "quanteda": _write_quanteda,
    "liwc": _write_liwc,
    "csv": _write_table,
}

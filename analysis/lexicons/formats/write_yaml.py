"""A lexicon as the YAML file that load_lexicon reads back whole."""

from typing import Any

import yaml

from analysis.lexicons.model import CONDITIONS, NEARNESS, Category, Entry, Lexicon, Loss, Nearness


def write_yaml(lexicon: Lexicon, name: str) -> tuple[str, list[Loss]]:  # noqa: ARG001 - as every writer
    """Write a lexicon in our own form."""
    fields = _filled(
        name=lexicon.name,
        version=lexicon.version,
        language=lexicon.language,
        description=lexicon.description,
        sources=list(lexicon.sources),
        categories={c.name: _category(c) for c in lexicon.categories},
    )
    return dump_yaml(fields), []


def dump_yaml(value: Any) -> str:
    """Write mappings, lists, texts and numbers as YAML, quoted wherever a reader could err."""
    return _dumped(value)


def dump_line(fields: dict[str, Any]) -> str:
    """Write a mapping as YAML in one line."""
    line = _dumped(fields, default_flow_style=True).strip()
    # Line ends within a text become escapes only where all stands in quotation marks.
    if len(line.splitlines()) > 1:
        line = _dumped(_as_texts(fields), default_flow_style=True, default_style='"').strip()
    return line


def _dumped(value: Any, **style: Any) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 1_000_000}
    return str(yaml.dump(value, Dumper=dumper, **options, **style))


def _as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_texts(inner) for name, inner in value.items()}
    return [*map(_as_texts, value)] if isinstance(value, list) else str(value)


def _category(category: Category) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for name, definition in category.subcategories:
        terms = [_entry(entry) for entry in category.entries if entry.subcategory == name]
        parts[name] = {"definition": definition, "terms": terms} if definition else terms
    return _filled(
        definition=category.definition,
        exclude=list(category.exclude),
        terms=[_entry(entry) for entry in category.entries if entry.subcategory is None],
        subcategories=parts,
    )


def _entry(entry: Entry) -> str | dict[str, Any]:
    written = fields_of(entry)
    return entry.term if len(written) == 1 else written


def fields_of(entry: Entry) -> dict[str, Any]:
    """Return the fields of a term that are filled, but for its subcategory."""
    return _filled(
        term=entry.term,
        # As text: YAML writers round and rewrite numbers in ways of their own.
        weight=repr(entry.weight) if entry.weight != 1.0 else None,
        case="sensitive" if entry.case_sensitive else None,
        kind=entry.kind,
        **{name: list(getattr(entry, name)) for name in CONDITIONS},
        **{name: _nearness(near) for name in NEARNESS if (near := getattr(entry, name))},
        note=entry.note,
    )


def _nearness(near: Nearness) -> dict[str, Any]:
    bounds = [int(one) if one.isdecimal() else one for one in near.bounds]
    within = bounds if len(bounds) > 1 else bounds[0]
    return _filled(terms=list(near.terms), within=within, side=near.side)


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}

"""A lexicon as the YAML file that load_lexicon reads back whole."""

from typing import Any

import yaml

from analysis.lexicons.model import CONDITIONS, Category, Entry, Lexicon, Loss


def write_yaml(lexicon: Lexicon, name: str) -> tuple[str, list[Loss]]:  # noqa: ARG001 - as every writer
    """Write a lexicon in our own form."""
    about = {
        "name": lexicon.name,
        "version": lexicon.version,
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": list(lexicon.sources),
    }
    fields: dict[str, Any] = {key: value for key, value in about.items() if value}
    fields["categories"] = {c.name: _category(c) for c in lexicon.categories}
    return dump_yaml(fields), []


def dump_yaml(value: Any) -> str:
    """Write mappings, lists, texts and numbers as YAML, quoted wherever a reader could err."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(
        yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    )


def _category(category: Category) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if category.definition:
        written["definition"] = category.definition
    if category.exclude:
        written["exclude"] = list(category.exclude)
    own = [_entry(entry) for entry in category.entries if entry.subcategory is None]
    if own:
        written["terms"] = own
    parts = {}
    for name, definition in category.subcategories:
        terms = [_entry(entry) for entry in category.entries if entry.subcategory == name]
        parts[name] = {"definition": definition, "terms": terms} if definition else terms
    if parts:
        written["subcategories"] = parts
    return written


def _entry(entry: Entry) -> str | dict[str, Any]:
    written: dict[str, Any] = {"term": entry.term}
    if entry.weight != 1.0:
        # As text: YAML writers round and rewrite numbers in ways of their own.
        written["weight"] = repr(entry.weight)
    if entry.case_sensitive:
        written["case"] = "sensitive"
    for name in CONDITIONS:
        if texts := getattr(entry, name):
            written[name] = list(texts)
    return entry.term if len(written) == 1 else written

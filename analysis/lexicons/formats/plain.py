"""What forms that hold only categories and terms lose of a lexicon."""

from collections.abc import Iterator

from analysis.lexicons.model import CONDITIONS, Category, Entry, Lexicon, Loss

_NO_PLACE = "the form has no place for it; it was"


def losses_of_plain_forms(lexicon: Lexicon, name: str) -> list[Loss]:
    """List what a form of plain terms cannot hold: weights, conditions, exclusions, texts."""
    about = {
        "name": lexicon.name if lexicon.name != name else "",
        "version": lexicon.version if lexicon.version != "0" else "",
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": "; ".join(lexicon.sources),
    }
    losses = [
        Loss(None, None, None, field, f"{_NO_PLACE} {text!r:.200}")
        for field, text in about.items()
        if text
    ]
    for category in lexicon.categories:
        losses += _of_category(category)
        for entry in category.entries:
            losses += _of_entry(entry)
    return losses


def _of_category(category: Category) -> Iterator[Loss]:
    for subname, definition in [(None, category.definition), *category.subcategories]:
        if definition:
            path = category.name if subname is None else f"{category.name}/{subname}"
            yield Loss(None, path, None, "definition", f"{_NO_PLACE} {definition!r:.200}")
    for phrase in category.exclude:
        reason = "the form has no exclusions; what it vetoes will count"
        yield Loss(None, category.name, phrase, "exclusion", reason)
    filled = {entry.subcategory for entry in category.entries}
    for subname, _ in category.subcategories:
        if subname not in filled:
            path, reason = f"{category.name}/{subname}", "it has no terms and is left out"
            yield Loss(None, path, None, "empty category", reason)


def _of_entry(entry: Entry) -> Iterator[Loss]:
    if entry.weight != 1.0:
        reason = f"the form has no weights; it was {entry.weight:g}"
        yield Loss(None, entry.category, entry.term, "weight", reason)
    if entry.case_sensitive:
        reason = "the form ignores capitals; the term will count with any"
        yield Loss(None, entry.category, entry.term, "case", reason)
    for name in CONDITIONS:
        if texts := getattr(entry, name):
            reason = f"the form has no conditions; it was {name}: {'; '.join(texts)}"
            yield Loss(None, entry.category, entry.term, "condition", reason)

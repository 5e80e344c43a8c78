"""What forms that hold only categories and terms lose of a lexicon."""

from collections.abc import Iterator

from analysis.lexicons.model import CONDITIONS, NEARNESS, Category, Entry, Lexicon, Loss

_NO_PLACE = "the form has no place for it; it was"


def losses_of_plain_forms(lexicon: Lexicon, name: str) -> list[Loss]:
    """List what a form of plain terms loses: weights, kinds, conditions, notes, and texts."""
    about = {
        "name": lexicon.name if lexicon.name != name else "",
        "version": lexicon.version if lexicon.version != "0" else "",
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": "; ".join(lexicon.sources),
    }
    losses = [_no_place(None, field, text) for field, text in about.items() if text]
    for category in lexicon.categories:
        losses += _of_category(category)
        for entry in category.entries:
            losses += _of_entry(entry)
    return losses


def _no_place(path: str | None, what: str, text: str) -> Loss:
    return Loss(None, path, None, what, f"the form has no place for it; it was {text!r:.200}")


def _of_category(category: Category) -> list[Loss]:
    described = {f"{category.name}/{name}": text for name, text in category.subcategories}
    texts = {category.name: category.definition, **described}
    losses = [_no_place(path, "definition", text) for path, text in texts.items() if text]
    reason = "the form has no exclusions; what it vetoes will count"
    losses += [Loss(None, category.name, text, "exclusion", reason) for text in category.exclude]
    filled = {entry.subcategory for entry in category.entries}
    empty = [name for name, _ in category.subcategories if name not in filled]
    reason = "it has no terms and is left out"
    return losses + [
        Loss(None, f"{category.name}/{name}", None, "empty category", reason) for name in empty
    ]


def _of_entry(entry: Entry) -> Iterator[Loss]:
    if entry.weight != 1.0:
        reason = f"the form has no weights; it was {entry.weight:g}"
        yield Loss(None, entry.category, entry.term, "weight", reason)
    if entry.case_sensitive:
        reason = "the form ignores capitals; the term will count with any"
        yield Loss(None, entry.category, entry.term, "case", reason)
    if entry.kind:
        reason = f"the form has no kinds of words; it was {entry.kind}, and will be guessed"
        yield Loss(None, entry.category, entry.term, "kind", reason)
    for name in CONDITIONS:
        if texts := getattr(entry, name):
            reason = f"the form has no conditions; it was {name}: {'; '.join(texts)}"
            yield Loss(None, entry.category, entry.term, "condition", reason)
    for name in NEARNESS:
        if near := getattr(entry, name):
            reason = f"the form has no conditions; it was {name} {near}"
            yield Loss(None, entry.category, entry.term, "condition", reason)
    if entry.note:
        reason = f"the form has no place for it; it was {entry.note!r:.200}"
        yield Loss(None, entry.category, entry.term, "note", reason)

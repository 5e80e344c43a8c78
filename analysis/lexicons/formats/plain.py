"""What forms that hold only categories and terms lose of a lexicon."""

from analysis.lexicons.model import CONDITIONS, Category, Entry, Lexicon, Loss


def losses_of_plain_forms(lexicon: Lexicon, name: str) -> list[Loss]:
    """List what a form of plain terms cannot hold: weights, conditions, exclusions, texts."""
    losses: list[Loss] = []
    about = {
        "name": lexicon.name if lexicon.name != name else "",
        "version": lexicon.version if lexicon.version != "0" else "",
        "language": lexicon.language,
        "description": lexicon.description,
        "sources": "; ".join(lexicon.sources),
    }
    for field, text in about.items():
        if text:
            reason = f"the form has no place for it; it was {text!r:.200}"
            losses.append(Loss(None, None, None, field, reason))
    for category in lexicon.categories:
        losses += _of_category(category)
        for entry in category.entries:
            losses += _of_entry(entry)
    return losses


def _of_category(category: Category) -> list[Loss]:
    losses = []
    for subname, definition in [(None, category.definition), *category.subcategories]:
        if definition:
            path = category.name if subname is None else f"{category.name}/{subname}"
            reason = f"the form has no place for it; it was {definition!r:.200}"
            losses.append(Loss(None, path, None, "definition", reason))
    reason = "the form has no exclusions; what it vetoes will count"
    losses += [
        Loss(None, category.name, phrase, "exclusion", reason) for phrase in category.exclude
    ]
    filled = {entry.subcategory for entry in category.entries}
    reason = "it has no terms and is left out"
    losses += [
        Loss(None, f"{category.name}/{subname}", None, "empty category", reason)
        for subname, _ in category.subcategories
        if subname not in filled
    ]
    return losses


def _of_entry(entry: Entry) -> list[Loss]:
    losses = []
    if entry.weight != 1.0:
        reason = f"the form has no weights; it was {entry.weight:g}"
        losses.append(Loss(None, entry.category, entry.term, "weight", reason))
    if entry.case_sensitive:
        reason = "the form ignores capitals; the term will count with any"
        losses.append(Loss(None, entry.category, entry.term, "case", reason))
    for name in CONDITIONS:
        if texts := getattr(entry, name):
            reason = f"the form has no conditions; it was {name}: {'; '.join(texts)}"
            losses.append(Loss(None, entry.category, entry.term, "condition", reason))
    return losses

"""A lexicon as LIWC's .dic."""

from analysis.errors import LexiconError
from analysis.lexicons.formats.plain import losses_of_plain_forms
from analysis.lexicons.model import Lexicon, Loss


def write_liwc(lexicon: Lexicon, name: str) -> tuple[str, list[Loss]]:
    """Write a lexicon for LIWC: its categories, and their terms without subcategories."""
    losses = losses_of_plain_forms(lexicon, name)
    header: list[str] = []
    numbers_of: dict[str, list[int]] = {}
    for number, category in enumerate(lexicon.categories, 1):
        written = _name(category.name, header, losses)
        header.append(written)
        for subname, _ in category.subcategories:
            reason = "the form has no subcategories; its terms are the category's"
            path = f"{category.name}/{subname}"
            losses.append(Loss(None, path, None, "subcategory", reason))
        for entry in category.entries:
            if (fault := _why_not(entry.term)) is not None:
                losses.append(Loss(None, category.name, entry.term, "unsupported", fault))
                continue
            numbers = numbers_of.setdefault(entry.term, [])
            if number in numbers:
                reason = "it stands in the category already; it is written once"
                losses.append(Loss(None, category.name, entry.term, "repeated term", reason))
            else:
                numbers.append(number)
    if not numbers_of:
        raise LexiconError(
            f"lexicon {lexicon.name!r} has no term that a .dic can hold; for instance, "
            f"{losses[-1].term!r}: {losses[-1].reason}"
        )
    names = [f"{number}\t{written}" for number, written in enumerate(header, 1)]
    terms = ["\t".join([term, *map(str, numbers)]) for term, numbers in numbers_of.items()]
    return "\n".join(["%", *names, "%", *terms, ""]), losses


def _name(name: str, taken: list[str], losses: list[Loss]) -> str:
    """Give a category a name that fits into one line and stands once."""
    written = " ".join(name.replace("\0", " ").split()) if _breaks(name) else name
    while not written or written in taken:
        written += "_"
    if written != name:
        reason = f"the form cannot hold the name; it is written {written!r}"
        losses.append(Loss(None, name, None, "renamed", reason))
    return written


def _why_not(term: str) -> str | None:
    if _breaks(term):
        return "it holds a tab or a line end, which cut a line of the form; it is left out"
    if "?" in term:
        return "the form has no wildcard for one character; it is left out"
    return None


def _breaks(text: str) -> bool:
    return text != text.strip() or any(mark in text for mark in "\t\n\r\0")

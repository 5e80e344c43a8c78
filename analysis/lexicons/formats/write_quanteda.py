"""A lexicon as YAML for quanteda: mappings of lists, nested by the paths of subcategories."""

from typing import Any

from analysis.lexicons.formats.plain import losses_of_plain_forms
from analysis.lexicons.formats.quanteda import OUR_FIELDS, OWN_TERMS, SLIPS
from analysis.lexicons.formats.write_yaml import dump_yaml
from analysis.lexicons.model import Lexicon, Loss


def write_quanteda(lexicon: Lexicon, name: str) -> tuple[str, list[Loss]]:
    """Write a lexicon for quanteda's ``dictionary(file = …)``."""
    losses = losses_of_plain_forms(lexicon, name)
    tree: dict[str, Any] = {}
    for category in lexicon.categories:
        outer = category.name
        # A file with the key `categories` would be read back as one of ours.
        if outer == "categories":
            outer = _renamed(outer, set(lexicon.category_names), outer, losses)
        for entry in category.entries:
            branch = tree
            for step in (outer, *_steps(entry.subcategory, category.name, losses)):
                branch = branch.setdefault(step, {})
            terms = branch.setdefault(OWN_TERMS, [])
            if entry.term in terms:
                reason = "it stands in the category already; it is written once"
                losses.append(Loss(None, category.name, entry.term, "repeated term", reason))
            else:
                terms.append(entry.term)
    # The comment keeps a first category such as +NAME from being taken for another form.
    return "# Dictionary for quanteda\n" + dump_yaml(_plain(tree)), losses


def _steps(subcategory: str | None, category: str, losses: list[Loss]) -> list[str]:
    if subcategory is None:
        return []
    steps = subcategory.split("/")
    if not all(step.strip() for step in steps):
        steps = [subcategory]
    if not subcategory.strip():
        reason = "a subcategory without a name; its terms are the category's"
        _once(losses, Loss(None, category, None, "subcategory", reason))
        return []
    taken = OUR_FIELDS | SLIPS | {OWN_TERMS}
    return [_renamed(s, taken, f"{category}/{s}", losses) if s in taken else s for s in steps]


def _renamed(name: str, taken: set[str] | frozenset[str], path: str, losses: list[Loss]) -> str:
    free = name
    while free in taken:
        free += "_"
    reason = f"the name has a meaning of its own in such files; it is written {free!r}"
    _once(losses, Loss(None, path, None, "renamed", reason))
    return free


def _once(losses: list[Loss], loss: Loss) -> None:
    if loss not in losses:
        losses.append(loss)


def _plain(tree: dict[str, Any]) -> Any:
    """Put a list in place of each mapping that holds nothing but terms of its own."""
    if list(tree) == [OWN_TERMS] and isinstance(tree[OWN_TERMS], list):
        return tree[OWN_TERMS]
    return {key: _plain(inner) if isinstance(inner, dict) else inner for key, inner in tree.items()}

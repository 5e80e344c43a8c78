"""A draft made into a lexicon: categories, subcategories by their paths, and losses."""

from collections.abc import Sequence

from analysis.lexicons.checking import PlacedError, check_entries
from analysis.lexicons.formats.draft import Draft, Found
from analysis.lexicons.model import Category, Entry, Lexicon, Loss, Problem


def assemble(draft: Draft, losses: Sequence[Loss], default_name: str) -> Lexicon:
    """Make a lexicon of what was read."""
    kept = _without_repetitions(draft)
    if not kept:
        line, why = (draft.losses[0].line, draft.losses[0].reason) if draft.losses else (None, "")
        first = f"; the first reason: {why}" if why else ""
        reason = f"the file holds no term that can be taken over{first}; add terms in its form"
        raise PlacedError(reason, line)
    _note_empty_categories(draft, kept)
    definitions = {(p[0], "/".join(p[1:])): text for p, text in draft.definitions.items()}
    problems: list[Problem] = []
    categories = []
    named = dict.fromkeys([*(path[0] for path in draft.categories), *kept])
    for name in (name for name in named if name in kept):
        entries = _entries(kept[name], name)
        problems += check_entries(entries, (), name, foreign=True)
        subnames = dict.fromkeys(e.subcategory for e in entries if e.subcategory is not None)
        described = tuple((sub, definitions.get((name, sub), "")) for sub in subnames)
        own = definitions.get((name, ""), "")
        categories.append(Category(name, tuple(entries), (), own, described))
    return Lexicon(
        name=draft.name or default_name,
        version="0",
        description=draft.description,
        categories=tuple(categories),
        problem_list=tuple(problems),
        loss_list=(*losses, *draft.losses),
    )


def _without_repetitions(draft: Draft) -> dict[str, list[Found]]:
    """Group terms by category, each once in its subcategory, and note the others."""
    kept: dict[str, list[Found]] = {path[0]: [] for path in draft.categories}
    seen: dict[tuple[object, ...], Found] = {}
    for found in draft.terms:
        conditions = found.near, found.not_near
        key = (found.path[0], _subcategory(found) or "", found.term, conditions)
        if (first := seen.setdefault(key, found)) is found:
            kept.setdefault(found.path[0], []).append(found)
            continue
        reason = f"it stands in line {first.line} of the same category already; it is kept once"
        if found.weight != first.weight:
            reason += f", with its first weight {first.weight:g} and not {found.weight:g}"
        draft.lose(found.line, found.path, found.term, "repeated term", reason)
    return {name: terms for name, terms in kept.items() if terms}


def _note_empty_categories(draft: Draft, kept: dict[str, list[Found]]) -> None:
    paths = {found.path for terms in kept.values() for found in terms}
    filled = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    for path, line in draft.categories.items():
        if path not in filled:
            draft.lose(line, path, None, "empty category", "it has no terms and is left out")


def _entries(terms: list[Found], category: str) -> list[Entry]:
    """Make entries, those of the category itself first, as a file of ours lists them."""
    groups: dict[str | None, list[Entry]] = {None: []}
    for found in terms:
        subcategory = _subcategory(found)
        entry = Entry(
            *(found.term, category, subcategory, found.weight),
            near=found.near,
            not_near=found.not_near,
            line=found.line,
        )
        groups.setdefault(subcategory, []).append(entry)
    return [entry for group in groups.values() for entry in group]


def _subcategory(found: Found) -> str | None:
    return "/".join(found.path[1:]) or None

"""Lexica from files and from Python: read strictly, checked entry by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import ArgumentTypeError, LexiconError
from analysis.languages.language import CUE_LEXICA, Language, load_language
from analysis.lexicons.building import build_lexicon
from analysis.lexicons.checking import PlacedError, faults_named, warn_of
from analysis.lexicons.formats.assembly import assemble
from analysis.lexicons.formats.decoding import decode
from analysis.lexicons.formats.quanteda import is_quanteda, read_quanteda
from analysis.lexicons.formats.sniffing import READERS, sniff
from analysis.lexicons.formats.spreadsheet import read_spreadsheet
from analysis.lexicons.lint import idle_exclusions
from analysis.lexicons.model import Category, Lexicon
from analysis.lexicons.strict_yaml import Fields, Scalar, node_of, parse_yaml

_BUILTIN = Path(__file__).parent / "builtin"
_PACKAGE = Path(__file__).parents[1]
_LARGEST_FILE = 50_000_000
# As many parts left out as the name of a lexicon lists.
_MOST_NAMED = 3
# Lexica that are another one without some of its parts.
PRESETS = {
    "framing-conflict": (
        "framing",
        ("security/law_and_order", "sovereignty/supranational", "sovereignty/entry"),
    )
}


def load_lexicon(source: str | Path, *, without: str | Sequence[str] = ()) -> Lexicon:
    """Load a lexicon that comes with the package, or one of your own.

    Parameters
    ----------
    source : str or pathlib.Path
        Name of a built-in lexicon (``framing``, and of English ``hedging``, ``boosters``,
        ``attribution``, ``negation``) or the path of a file: YAML or CSV of ours, or a
        dictionary for LIWC, quanteda, Lexicoder, Yoshikoder, VBPro or WordStat, told by its
        content. The forms stand in ``data/lexicons/README.md``. ``framing-conflict`` is
        ``framing`` without law and order, supranational authority and entry.
    without : str or sequence of str, optional
        Categories or subcategories to leave out, as in ``"security/law_and_order"``. Name
        and `id` of the lexicon then say so.

    Returns
    -------
    Lexicon
        The lexicon. Entries that can never match, or stand twice in a category,
        are listed in its ``problems``; what another program's file holds and a
        lexicon cannot, in its ``losses``.

    Raises
    ------
    TypeError
        If `source` is neither name nor path, or `without` no text or texts.
    LexiconError
        If the file is missing or breaks a rule; the message names the line. If there is no
        part of a name in `without`.

    Warns
    -----
    LexiconWarning
        If the lexicon has ``problems`` or ``losses``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.load_lexicon("framing").category_names
    ('security', 'sovereignty', 'welfare')
    >>> fa.load_lexicon("framing", without="welfare").name
    'framing without welfare'
    """
    if not isinstance(without, str | Sequence) or not all(isinstance(one, str) for one in without):
        raise ArgumentTypeError("without takes names of categories or subcategories, as texts")
    parts = (without,) if isinstance(without, str) else tuple(without)
    if isinstance(source, str) and source in PRESETS:
        base, own = PRESETS[source]
        lexicon = replace(_without(_load(base), own), name=source)
    else:
        lexicon = _load(source)
    lexicon = _without(lexicon, parts) if parts else lexicon
    warn_of(lexicon.problem_list, lexicon.loss_list, Path(source).name)
    return lexicon


def _load(source: str | Path) -> Lexicon:
    if not isinstance(source, str | Path):
        raise ArgumentTypeError(
            f"a lexicon is loaded by name or path, not from {type(source).__name__}; for a "
            "dictionary use lexicon_from_dict(name, {category: [terms]})"
        )
    path = _locate(source)
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise LexiconError(
                f"{path.name} has {size:,} bytes; a lexicon may have {_LARGEST_FILE:,}: split it"
            )
        content = path.read_bytes()
    except OSError as error:
        raise LexiconError(
            f"{path.name} cannot be read ({error.strerror}); check the path and its permissions"
        ) from None
    return (_read_builtin if _PACKAGE in path.parents else lexicon_of)(content, path)


def lexicon_of(content: bytes, path: Path) -> Lexicon:
    """Read a lexicon in any of the forms, told by its content."""
    with faults_named(path.name):
        text, losses, fault = decode(content)
        form = sniff(text)
        if form in READERS:
            if "\0" in text:
                line = text.count("\n", 0, text.index("\0")) + 1
                raise PlacedError("there is a null character; save the file as UTF-8 text", line)
            return assemble(READERS[form](text), losses, path.stem)
        if form == "csv":
            return build_lexicon(read_spreadsheet(text), path.stem, losses)
        # Our own YAML is UTF-8 and nothing else, so that no term changes by a guess.
        try:
            root = parse_yaml(text)
        except PlacedError as error:
            if fault:
                raise PlacedError(fault) from None
            raise PlacedError(f"{error}{_hint(path)}", error.line) from None
        if is_quanteda(root):
            return assemble(read_quanteda(root), losses, path.stem)
        if fault:
            raise PlacedError(fault)
        if not isinstance(root, Fields):
            reason = f"a lexicon is a mapping of categories to lists of terms{_hint(path)}"
            raise PlacedError(reason, root.line)
        return build_lexicon(root, path.stem)


# Notebooks and reports load the same few of them again and again.
_read_builtin = lru_cache(maxsize=16)(lexicon_of)


def _without(lexicon: Lexicon, parts: tuple[str, ...]) -> Lexicon:
    """Return a lexicon without some of its categories and subcategories."""
    named = [
        *lexicon.category_names,
        *(f"{c.name}/{name}" for c in lexicon.categories for name in _subcategories(c)),
    ]
    for part in parts:
        if part not in named:
            raise LexiconError(f"{lexicon.name} has no part {part!r}; it has {', '.join(named)}")
    kept: list[Category] = []
    gone: set[tuple[str, str]] = set()
    for category in lexicon.categories:
        out = category.name in parts
        left = {name for name in _subcategories(category) if f"{category.name}/{name}" in parts}
        entries = tuple(e for e in category.entries if not (out or e.subcategory in left))
        gone |= {(e.category, e.term) for e in {*category.entries} - {*entries}}
        if entries:
            described = tuple(d for d in category.subcategories if d[0] not in left)
            narrower = replace(category, entries=entries, subcategories=described)
            idle = idle_exclusions(narrower) if left else []
            # What was idle before stays, for `lint_lexicon` to tell.
            newly_idle = {*idle} - {*idle_exclusions(replace(category, exclude=tuple(idle)))}
            exclude = tuple(phrase for phrase in category.exclude if phrase not in newly_idle)
            kept.append(replace(narrower, exclude=exclude))
    if not kept:
        raise LexiconError(f"nothing of {lexicon.name} is left without {', '.join(parts)}")
    left_out = list(dict.fromkeys(parts))
    more = f" and {len(left_out) - _MOST_NAMED:,} more" if len(left_out) > _MOST_NAMED else ""
    problems = tuple(p for p in lexicon.problem_list if (p.category, p.term) not in gone)
    return replace(
        lexicon,
        name=f"{lexicon.name} without {', '.join(left_out[:_MOST_NAMED])}{more}",
        description=f"{lexicon.description} Left out: {', '.join(left_out)}.".strip(),
        categories=tuple(kept),
        problem_list=problems,
    )


def _subcategories(category: Category) -> list[str]:
    names = [name for name, _ in category.subcategories]
    return list(
        dict.fromkeys([*names, *(e.subcategory for e in category.entries if e.subcategory)])
    )


def cue_lexica(language: Language) -> dict[str, Lexicon]:
    """Return the lexica that tell voice and certainty in a language, in the order of their use."""
    if not language.tells_context:
        return {}
    return {name: _loaded(language, name) for name in CUE_LEXICA}


@cache
def _loaded(language: Language, name: str) -> Lexicon:
    return load_lexicon(language.lexicon_file(name))


def lexicon_from_dict(name: str, categories: Mapping[str, Any], *, version: str = "0") -> Lexicon:
    """Make a lexicon in a notebook.

    Parameters
    ----------
    name : str
        Name of the lexicon; it stands in the column ``lexicon`` of every result.
    categories : mapping of str to list
        Terms by category. A term is a str, or a mapping with ``term`` and any of
        ``weight``, ``case``, ``kind`` (``"thing"``, ``"event"`` or ``"state"``),
        ``unless``, ``before``, ``after`` and ``note``. In place of the list a category may be a
        mapping with ``terms``, ``exclude``, ``definition`` and ``subcategories``, as in
        a lexicon file.
    version : str, default "0"
        Version of the lexicon.

    Returns
    -------
    Lexicon
        The lexicon.

    Raises
    ------
    TypeError
        If a category is a str in place of a list of terms.
    LexiconError
        If a category or term breaks a rule.

    Warns
    -----
    LexiconWarning
        If some terms can never match or stand twice.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.lexicon_from_dict("borders", {"border": ["border*", "frontier*"]})
    Lexicon(borders@0+...: border (2))
    """
    if not isinstance(categories, Mapping):
        raise ArgumentTypeError(
            f"categories must be a dictionary of lists of terms, not {type(categories).__name__}"
        )
    for category, terms in categories.items():
        if isinstance(terms, str):
            raise ArgumentTypeError(
                f"category {category!r} is a str; give a list of terms: {{{category!r}: "
                f"[{terms!r}]}}"
            )
    fields = {
        "name": Scalar(str(name)),
        "version": Scalar(str(version)),
        "categories": node_of(categories, f"lexicon {name!r}"),
    }
    with faults_named(f"lexicon {name!r}"):
        lexicon = build_lexicon(Fields(fields), str(name))
    warn_of(lexicon.problem_list, (), f"lexicon {name!r}")
    return lexicon


def builtin_lexica() -> dict[str, Path]:
    """Return the files of the lexica that come with the package, by name, without presets."""
    folders = (_BUILTIN, load_language().lexicon_file("").parent)
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yml"))}


def _locate(source: str | Path) -> Path:
    known = builtin_lexica()
    if isinstance(source, str) and source in known:
        return known[source]
    path = Path(source).expanduser()
    if path.is_file():
        return path
    named = ", ".join(sorted([*known, *PRESETS]))
    raise LexiconError(f"there is no lexicon file {str(source)!r}; the built-in lexica are {named}")


def _hint(path: Path) -> str:
    if path.suffix.lower() in (".yml", ".yaml"):
        return ""
    return "; dictionaries of other programs must begin as data/lexicons/README.md tells"

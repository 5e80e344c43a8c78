"""A language: its words, its lexica, and how a code, a name or a folder leads to it."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import yaml

from analysis.errors import ArgumentTypeError, LanguageError
from analysis.sources import hash_of_folders

# The lexica that tell voice and certainty; a folder without one of them tells neither.
CUE_LEXICA = ("attribution", "hedging", "negation")
_DEFAULT = "en"

_HOME = Path(__file__).parent
_FACTS = "language.yml"

LanguageName = str | os.PathLike[str]


@dataclass(frozen=True, eq=False)
class Language:
    """All that is known of one language; equal only to itself, so that it may be a key."""

    code: str
    names: frozenset[str]
    words: Mapping[str, Mapping[str, Any]]
    folder: Path | None = None

    def lexicon_file(self, name: str) -> Path:
        """Return where a lexicon of the language lies, or would lie."""
        return (self.folder or _HOME) / "lexica" / f"{name}.yml"

    @property
    def content_hash(self) -> str:
        """SHA-256 of its files, wherever they lie."""
        return hash_of_folders([self.folder or _HOME])

    @cached_property
    def tells_context(self) -> bool:
        """Whether who speaks, and how surely, can be told in this language."""
        return self.folder is not None and all(
            self.lexicon_file(name).is_file() for name in CUE_LEXICA
        )

    @cached_property
    def mute(self) -> "Language":
        """The same language in texts that cannot tell who speaks, and how surely."""
        return replace(self, folder=None)


def load_language(language: LanguageName | None = None) -> Language:
    """Return a language by its code, its name or its folder; English, if none is named."""
    known = _known()
    if language is None:
        return known[_DEFAULT]
    if not isinstance(language, str | os.PathLike):
        raise ArgumentTypeError(
            f"language must be a code, a name or a folder, not {type(language).__name__}"
        )
    folder = Path(language).expanduser()
    if (folder / _FACTS).is_file():
        return _loaded(folder.resolve())
    found = None if re.search(r"[/\\]", str(language)) else _of_code(str(language), known)
    if found is None:
        raise LanguageError(
            f"there is no language {str(language)!r}; there is {', '.join(sorted(known))}, or give "
            f"the folder of your own, with its {_FACTS}"
        )
    return found


def known_language(value: Any) -> Language:
    """Return the language that a table names; one without words where it is not known."""
    known = _known()
    if pd.isna(value) or not str(value).strip():
        return known[_DEFAULT]
    return _of_code(str(value), known) or neutral_language()


@lru_cache(maxsize=1)
def neutral_language() -> Language:
    """Return a language without words: rules that need none are all that is left."""
    return Language("", frozenset(), _frozen(_completed({}, _HOME)))


def languages_of(table: pd.DataFrame, language: LanguageName | None = None) -> list[Language]:
    """Return the language of each row: the one given, else by column ``language``, else English."""
    if language is not None or "language" not in table:
        return [load_language(language)] * len(table)
    values, names = table["language"].factorize(use_na_sentinel=False)
    found = [known_language(name) for name in names]
    return [found[value] for value in values]


def by_language(
    languages: Sequence[Language], language: LanguageName | None = None
) -> Iterator[tuple[Language, np.ndarray]]:
    """Yield each language of some rows with their places; one even where there is no row."""
    for found in dict.fromkeys(languages) or [load_language(language)]:
        yield found, np.flatnonzero([one is found for one in languages])


def tell_unknown(table: pd.DataFrame) -> list[str]:
    """Say what becomes of rows whose column ``language`` names none that is known."""
    if "language" not in table:
        return []
    counts = table["language"].value_counts()
    return [
        f"language {str(value)!r} of {number:,} document{'s' * (number != 1)} is not among those "
        f"there are ({', '.join(sorted(_known()))}): sentences end by rules without words, and "
        "voice, speaker and certainty stay null"
        for value, number in counts.items()
        if not known_language(value).code
    ]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words; it matches nothing where there is none."""
    return rf"(?:{'|'.join(map(re.escape, sorted(words))) or '(?!)'})"


def _of_code(written: str, known: Mapping[str, Language]) -> Language | None:
    """Find "en", "EN", "en-GB", "en_US" and "English" alike."""
    first = re.split(r"[\W_]+", written.strip().casefold())[0]
    return next((one for one in known.values() if first in {one.code, *one.names}), None)


@cache
def _known() -> dict[str, Language]:
    # Asked for with every document: these folders do not change while the package is in use.
    folders = sorted(path.parent for path in _HOME.glob(f"*/{_FACTS}"))
    return {language.code: language for language in map(_loaded, folders)}


def _loaded(folder: Path) -> Language:
    """Read a folder, or return what was read of it before if no file has changed since."""
    files = sorted(folder.rglob("*.yml"))
    return _read(folder, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=32)
def _read(folder: Path, files: tuple[tuple[Path, int], ...]) -> Language:
    facts = _mapping(folder / _FACTS, dict(files).get(folder / _FACTS))
    code = str(facts.get("code") or "").strip().casefold()
    if not code.isalnum():
        raise LanguageError(f"{folder / _FACTS} has no code; write one, such as code: de")
    words = (one for one in files if one[0].parent.name == "words")
    given = {path.stem: _mapping(path, changed) for path, changed in words}
    names = frozenset(str(facts.get("names") or "").casefold().split())
    return Language(code, names, _frozen(_completed(given, folder)), folder)


def _completed(given: Mapping[str, Mapping[str, Any]], folder: Path) -> dict[str, dict[str, Any]]:
    """Hold a folder to the files and lists that English has; what it lacks is empty."""
    form = _form()
    if unknown := sorted(set(given) - set(form)):
        raise LanguageError(
            f"{folder} has a file words/{unknown[0]}.yml, which nothing reads; there may be "
            f"{', '.join(sorted(form))}"
        )
    for name, lists in given.items():
        for key, value in lists.items():
            if key not in form[name] or not isinstance(value, type(form[name][key])):
                fault = "is none that is read" if key not in form[name] else "has another form"
                raise LanguageError(
                    f"{folder / 'words' / name}.yml: the list {key!r} {fault}; write it as the "
                    f"file of English does, which has {', '.join(form[name])}"
                )
    return {
        name: {key: given.get(name, {}).get(key, type(value)()) for key, value in own.items()}
        for name, own in form.items()
    }


@lru_cache(maxsize=1)
def _form() -> dict[str, dict[str, Any]]:
    """Return the files and lists of English, whose form is that of every language."""
    paths = (_HOME / _DEFAULT / "words").glob("*.yml")
    return {path.stem: _mapping(path, path.stat().st_mtime_ns) for path in paths}


# The lists of English are read as its own, and as the form of all.
@lru_cache(maxsize=64)
def _mapping(path: Path, changed: int | None) -> dict[str, Any]:  # noqa: ARG001 - for the cache
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as fault:
        told = " ".join(str(fault).split())
        raise LanguageError(f"{path} cannot be read ({told}); write it as English's") from None
    if not isinstance(content or {}, dict):
        raise LanguageError(f"{path} holds no lists with names; write it as English's")
    return content or {}


def _frozen(lists: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Make sets of texts with words, and let nothing be written."""
    return MappingProxyType(
        {
            name: MappingProxyType(
                {key: frozenset(v.split()) if isinstance(v, str) else v for key, v in own.items()}
            )
            for name, own in lists.items()
        }
    )

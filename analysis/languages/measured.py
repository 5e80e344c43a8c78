"""How often voice and certainty are right in a language: what `benchmarks/validity.py` measured."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.errors import LanguageError
from analysis.languages.language import Language, LanguageName, languages_of, load_language
from analysis.tables.checks import empty_table, make_table
from analysis.tables.core import TABLES
from analysis.tables.schema import CERTAINTIES

FILE = "measured.json"
UNSURE = "hedged or negated"
# Figures draw classes of certainty with a lower precision as one.
_LOWEST = 0.6


def context_validity(language: LanguageName | None = None) -> pd.DataFrame:
    """Return how often voice, speaker and certainty were right on hits that were coded.

    Figures name these numbers below their bars. Other texts have other errors: code a sample
    of your own.

    Parameters
    ----------
    language : str or os.PathLike, optional
        A code, a name or a folder of your own; English, if none is named.

    Returns
    -------
    pandas.DataFrame
        Table ``context_validity``: a row for each set of coded hits, kind of text, column and
        value; without rows where nothing was measured.

    Raises
    ------
    LanguageError
        If there is no such language, or its file of figures cannot be read.

    References
    ----------
    Wilson (1927), for the intervals; Kish (1965), for the effective number of hits.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.context_validity()["value"].head(3).tolist()
    ['asserted', 'hedged', 'negated']
    """
    return _measured(load_language(language))


def drawn_certainties(table: pd.DataFrame, language: LanguageName | None) -> tuple[str, ...]:
    """Return the classes that figures tell apart: two where hedged or negated is often wrong."""
    return ("asserted", UNSURE) if any(map(_too_low, _languages(table, language))) else CERTAINTIES


def told_validity(table: pd.DataFrame, *columns: str, language: LanguageName | None) -> str:
    """Say how often the values of some columns are right, and what is drawn as one therefore."""
    return " ".join(_told(own, columns) for own in _languages(table, language))


def _languages(table: pd.DataFrame, language: LanguageName | None) -> list[Language]:
    load_language(language)
    return list(dict.fromkeys(languages_of(table, language)))


def _told(language: Language, columns: Sequence[str]) -> str:
    table, low = _in_figures(language), _too_low(language)
    not_drawn = ("hedged", "negated") if low else (UNSURE,)
    own = table[table["column"].isin(columns) & ~table["value"].isin(not_drawn)]
    own = own[own["n_called"].gt(0) & ~own["value"].str.startswith("(")]
    if own.empty:
        code = f" ({language.code})" if language.code else ""
        of = " or ".join(columns)
        return f"How often {of} is right was not measured in this language{code}."
    words = "" if own["same_words"].all() else ", with other word lists"
    names = own["value"].replace("named", "a named speaker")
    numbers = own[["precision", "precision_low", "precision_high", "n_called"]]
    shares = [
        f"{name} {share:.0%} ({lower:.0%} to {upper:.0%}, n = {n:,.0f})"
        for name, (share, lower, upper, n) in zip(names, numbers.to_numpy(float), strict=True)
    ]
    lexicon, data = own["lexicon"].iloc[0].partition("@")[0], own["data"].iloc[0]
    told = f"Share right of coded hits ({lexicon}) called so, in {data}{words}: "
    told += f"{', '.join(shares)}; Wilson intervals (95 %, effective n)."
    if low and "certainty" in columns:
        told += f" Hedged and negated are drawn as one, since too few are right: {low}."
    return re.sub(r"(?<=\d)%", " %", told).replace(" % to", " to")


def _too_low(language: Language) -> str:
    """Name the classes of certainty that are right too seldom to be told apart."""
    table = _in_figures(language)
    own = table[table["column"].eq("certainty") & table["value"].isin(("hedged", "negated"))]
    own = own[own["precision"] < _LOWEST]
    return ", ".join(f"{row.value} {row.precision:.0%}" for row in own.itertuples())


@lru_cache(maxsize=8)
def _in_figures(language: Language) -> pd.DataFrame:
    """Return what figures name: the first set of coded hits, all its kinds of text."""
    table = _measured(language)
    return table[table["texts"].eq("all") & table["data"].isin(table["data"].head(1))]


def _measured(language: Language) -> pd.DataFrame:
    path = None if language.folder is None else language.folder / FILE
    if path is None or not path.is_file():
        return empty_table("context_validity")
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        # A folder that was copied from another language holds that one's figures.
        if content["language"] != language.code:
            return empty_table("context_validity")
        facts = {name: content[name] for name in ("lexicon", "package_version", "interval_method")}
        facts["same_words"] = content["words"] == language.content_hash
        table = pd.DataFrame(content["rows"]).assign(**facts)
        return make_table("context_validity", table[list(TABLES["context_validity"].columns)])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise LanguageError(
            f"{path} cannot be read ({fault!r:.80}); write it by benchmarks/validity.py, or "
            "remove it"
        ) from None

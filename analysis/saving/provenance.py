"""What made a result: versions, and the rules in words."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from textwrap import fill

import pandas as pd

from analysis.errors import TableError
from analysis.sources import hash_of_folders
from analysis.tables.checks import check_frame, plain
from analysis.text.tokens import TOKENIZER_VERSION

_WIDTH = 96
_HOME = Path(__file__).parents[1]
# What decides numbers: rooms of this package, and libraries that scoring computes and reads with.
_ROOMS = ("languages", "text", "lexicons", "reading", "hits", "scores", "tables", "statistics")
_LIBRARIES = ("numpy", "pandas", "pyarrow", "pyyaml")

_RULES = (
    "R1 The stored text is never changed; offsets are code points of the text as stored.",
    "R2 Matching sees a folded view: compatibility forms and case are folded, curly apostrophes "
    "are straight, as are \u00b4, ` and \u2032, also torn off by a blank before a t (didn 't); "
    "invisible format characters are ignored, accents are kept.",
    "R3 A token is a run of letters, marks, digits and _ with single ' or . inside; a token ending "
    "in 's also matches by its base form; hyphens separate tokens but join within a phrase, so "
    "parts of hyphenated compounds count; the apostrophe of a plural possessive joins too, and so "
    "does the stop of an initial, of a listed abbreviation, and of No. before a number; / and & "
    "right between two tokens join them in a term that has the same sign, and break other phrases; "
    "commas, other stops, other slashes, dashes, quotation marks and blank lines break phrases.",
    "R4 * stands for zero or more characters of a token, ? for exactly one; both are anchored to "
    "the whole token.",
    "R5 Within a category the leftmost and there the longest entry counts, and no word counts "
    "twice; categories are independent of each other (unless hits were made with "
    "nested='lexicon': then a hit inside a longer one of another category counts nowhere).",
    "R6 Rates are hits per 1,000 tokens of the text itself; without tokens they are undefined. "
    "Roll-ups are ratios of sums, never means of rates.",
    "R7 An entry may carry a weight (in weighted_rate only), be case-sensitive, ask for the word "
    "before or after it, and for other terms within some tokens, in its sentence or both, or for "
    "their absence; exclusion phrases of an entry or a category veto the hits they cover, which "
    "stay listed and count nowhere.",
    "Voice: within quotation marks a hit is a quote; within what a source is said to say, a "
    "paraphrase; else, and in the words that name a source, the narrator's. The innermost source "
    "is the speaker, by the fullest name in the document; where nobody fits, nobody is named. "
    "Acts (condemned, refused), and what seems or is expected by nobody named, are the narrator's.",
    "Certainty: whether, by the one who speaks, the thing or event at the hit is denied (negated), "
    "uncertain (hedged) or neither (asserted). An event takes the certainty of the clause in which "
    "it takes part; a standing thing is negated only where it is denied itself. Subordinate, "
    "relative, participial and prepositional parts are judged by themselves. Two negations are "
    "none; hedged goes before negated, unless the hedge itself is denied. Plain attribution makes "
    "nothing uncertain. Clauses are told apart by marks and by words of a list.",
)


def method_note(table: pd.DataFrame | None = None) -> str:
    """Return the note that belongs beside a result: versions, lexica and rules.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        Any table with a column ``lexicon``; its lexica are named.

    Returns
    -------
    str
        Lines of plain text.

    Raises
    ------
    TableError
        If `table` has no column ``lexicon``.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.method_note().splitlines()[0].startswith("media-framing")
    True
    """
    lexica = [] if table is None else _lexica_of(check_frame(table, "table"))
    lines = [source_line()]
    if lexica:
        lines.append(f"Lexica: {', '.join(lexica)}")
    lines += ["What is measured is language, counted by these rules:", *_RULES]
    return "\n".join(fill(line, _WIDTH, subsequent_indent="   ") for line in lines)


def _lexica_of(table: pd.DataFrame) -> list[str]:
    if "lexicon" not in table:
        raise TableError("the table has no column 'lexicon'; give hits or scores")
    names = plain(table["lexicon"])
    if names.dtype != "str":
        raise TableError("the column 'lexicon' of the table does not hold texts; make it again")
    return sorted(names.dropna().unique())


def source_line(lexica: Sequence[str] = ()) -> str:
    """Return versions in one line, as below a table."""
    line = f"media-framing {package_version()}, tokenizer {TOKENIZER_VERSION}"
    if lexica:
        line += f"; {'lexicon' if len(lexica) == 1 else 'lexica'} {', '.join(lexica)}"
    return line


@cache
def making() -> Mapping[str, str]:
    """Return all versions that decide a score, the same wherever the same code runs."""
    return {
        "package": package_version(),
        "tokenizer": TOKENIZER_VERSION,
        "code": hash_of_folders(_HOME / room for room in _ROOMS),
        # Its tables of characters and its expressions stay as they are within a minor version.
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        **{name: metadata.version(name) for name in _LIBRARIES},
    }


def told_changes(before: Mapping[str, object], now: Mapping[str, object]) -> str:
    """Name what differs; of versions also what it was and what it is here."""
    return ", ".join(
        f"{name} ({str(before.get(name, 'unknown'))[:12]}, here {value[:12]})"
        if isinstance(value, str)
        else name
        for name, value in now.items()
        if before.get(name) != value
    )


def package_version() -> str:
    """Return the version of the installed package."""
    return metadata.version("media-framing")


def stamp(table: pd.DataFrame) -> pd.DataFrame:
    """Add the versions of package and tokenizer to a table that leaves the project."""
    return table.assign(package_version=package_version(), tokenizer_version=TOKENIZER_VERSION)

"""What the columns of a table are: which schema they follow, their headings and kinds."""

import re
from typing import Any, Literal, NamedTuple

import pandas as pd

from analysis.output.tables.printed import P_ADJUSTED
from analysis.tables.core import TABLES
from analysis.tables.schema import ABSENT, Column

Kind = Literal["text", "yes or no", "date", "count", "rate", "share", "p", "number"]

# Told in the note, where one value holds for all rows.
_NOTED = (
    *("measure", "correction", "variance", "level", "score", "weighted", "within", "n_folds"),
    *("unit", "n_units", "n_coders", "n_documents", "n_undecided"),
)
# Never columns unless they are asked for: the note and its marks tell them.
_TOLD = (
    *("interval_method", "p_method", "explanation", "smallest_p"),
    *("adjustment", "family", "family_size"),
    "subcategory_hits",
    *("lexicon", "lexicon_a", "lexicon_b"),
)
# Sums from which the ratios of scores are made.
_SUMS = ("n_sentences", "n_hit_sentences", "n_lexicon_hits", "weighted_hits", "weighted_rate")
_SCORES = ("scores", "document_scores", "group_scores")
_LEFT_OUT = {
    **dict.fromkeys(_SCORES, _SUMS),
    **{"agreement": ("n_units",), "validity_entries": ("contexts",)},
}
# As many groups compared as a note lists one by one.
_MOST_GROUPS = 8
_P = ("p", "p_adjusted", "smallest_p")
_BOUND = re.compile(r"(\w+_)?(low|high)")

_HEADINGS = {
    "document_id": "Document",
    "n_a": "Hits A",
    "n_b": "Hits B",
    "n_target": "Occurrences in target",
    "n_reference": "Occurrences in reference",
    "p": "p",
    "p_adjusted": P_ADJUSTED,
    "smallest_p": "Smallest p possible",
    "z": "z",
    "f1": "F1",
    "auc": "AUC",
    "rho": "Spearman's rho",
    "cliffs_delta": "Cliff's delta",
    "log_odds": "Log-odds",
    "url": "Address",
    "sha256": "SHA-256",
    "n_true": "Coded positive",
    "n_false": "Coded negative",
    "n_false_alone": "Coded negative, no other entry",
    "n_true_alone": "Coded positive, no other entry",
    "share_paragraphs": "Share of paragraphs with hits",
    "sentence_share": "Share of sentences with hits",
    "n_hit_sentences": "Sentences with hits",
    "n_lexicon_hits": "Hits of all categories",
    "one_sided": "One side only",
    "sign_kept": "Same group ahead",
    "same_sign": "Same group ahead",
}
_HEADINGS_OF = {
    ("group_scores", "n_units"): "Documents",
    ("document_scores", "n_units"): "Paragraphs",
    ("document_scores", "n_paragraphs"): "Paragraphs with tokens",
    ("group_scores", "n_paragraphs"): "Paragraphs",
    **{(name, "share"): "Share of the lexicon's hits" for name in _SCORES},
    ("cooccurrences", "n_a"): "With A",
    ("cooccurrences", "n_b"): "With B",
    ("cooccurrences", "n_both"): "With both",
    ("similarities", "n_a"): "Words or hits A",
    ("similarities", "n_b"): "Words or hits B",
    ("validity", "n_units"): "Paragraphs coded",
    ("supervised", "n_units"): "Paragraphs coded",
    ("validity_errors", "kind"): "Error",
}


class ShownColumn(NamedTuple):
    """A column of the printed table: where its values are, its heading, kind and nulls."""

    name: str
    heading: str
    kind: Kind
    null_when: str | None = None
    upper: str | None = None
    bounded: str | None = None

    @property
    def side(self) -> str:
        """At which side its cells stand."""
        return "left" if self.kind in ("text", "date") else "right"


def schema_of(table: pd.DataFrame) -> str | None:
    """Return the name of the schema that a table follows, or of the one it is nearest to."""
    names = set(map(str, table.columns))

    def nearness(name: str) -> tuple[bool, int, int]:
        own = set(TABLES[name].columns)
        return own <= names, len(own & names), -len(own)

    best = max(TABLES, key=nearness)
    return best if nearness(best)[1] else None


def shown_columns(table: pd.DataFrame, wanted: list[str] | None) -> list[ShownColumn]:
    """Choose the columns to print, in their order, with bounds joined into intervals."""
    name = schema_of(table)
    known = {**TABLES[name].columns, **TABLES[name].optional} if name else {}
    shown: list[ShownColumn] = []
    done: set[str] = set()
    for column in _usual_columns(table, name) if wanted is None else wanted:
        if column in done:
            continue
        own, low, high = known.get(column), *_bounds(column, table)
        if not low:
            reason = own.null_when if own and own.null_when != ABSENT else None
            heading = _heading(column, name, own, table)
            shown.append(ShownColumn(column, heading, _kind(column, own, table), reason))
            continue
        done |= {low, high}
        bounded = own.bounds_of if own and own.bounds_of in table else None
        kind = _kind(bounded, known.get(bounded), table) if bounded else "number"
        prefix = low.removesuffix("low").rstrip("_")
        of = f" of {_HEADINGS.get(prefix, f'the {prefix}')}" if prefix else ""
        shown.append(ShownColumn(low, f"Interval{of}", kind, upper=high, bounded=bounded))
    return shown


def _usual_columns(table: pd.DataFrame, name: str | None) -> list[str]:
    """List the columns that neither the note tells nor ratios stand for."""
    left_out = {*_TOLD, *_LEFT_OUT.get(name or "", ()), *noted_columns(table)}
    if groups_fit_note(table):
        left_out |= {"n_units_a", "n_units_b"}
    if "interval_method" in table and table["interval_method"].isna().all():
        left_out |= {"low", "high"}
    if _names_overlap(table):
        left_out.remove("lexicon")
    chosen = [column for column in table.columns if column not in left_out]
    # What a finding rests on is read first.
    if "p" in chosen and "p_adjusted" in chosen:
        chosen.remove("p_adjusted")
        chosen.insert(chosen.index("p"), "p_adjusted")
    # What splits the categories stands beside them.
    split = [column for column in (TABLES[name].optional if name else ()) if column in chosen]
    if "category" in chosen and split:
        chosen = [column for column in chosen if column not in split]
        place = chosen.index("category") + 1
        chosen[place:place] = split
    return chosen


def _names_overlap(table: pd.DataFrame) -> bool:
    """Tell whether only the lexicon tells which of two categories a row is about."""
    if "lexicon" not in table:
        return False
    named = table.reindex(columns=["lexicon", "category"]).dropna(subset="lexicon")
    return bool(named.drop_duplicates().duplicated("category").any())


def noted_columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return the columns that a note can tell, since one value holds for all rows."""
    return {
        column: table[column].iloc[0]
        for column in _NOTED
        if column in table and len(table[column].drop_duplicates()) == 1
    }


def groups_fit_note(table: pd.DataFrame) -> bool:
    """Tell whether a note can list how many units each of the groups compared has."""
    needed = {"group_a", "group_b", "n_units_a", "n_units_b"}
    if not needed <= set(table.columns):
        return False
    groups = units_of_groups(table)
    # Of shares, and within weeks, each row has its own.
    return len(groups) == len(dict(groups)) and len(groups) <= _MOST_GROUPS


def units_of_groups(table: pd.DataFrame) -> list[tuple[str, int]]:
    """Return how many units the groups compared have, each number of a group once."""
    sides = [table[[f"group_{side}", f"n_units_{side}"]] for side in "ab"]
    rows = [(str(name), int(n)) for side in sides for name, n in side.itertuples(index=False)]
    return list(dict.fromkeys(rows))


def _kind(name: str, own: Column | None, table: pd.DataFrame) -> Kind:
    """Tell how the values of a column are to be printed, by its schema or else its dtype."""
    held = str(table[name].dtype)
    dtype = (own.dtype if own else held).lower()
    if name in _P:
        return "p"
    if name == "threshold":
        return "number"
    if held in ("str", "object"):
        return "text"
    if "bool" in dtype:
        return "yes or no"
    if dtype.startswith("datetime"):
        return "date"
    if "int" in dtype or "int" in held.lower():
        return "count"
    if "float" not in dtype:
        return "text"
    scaled = own and own.unit and own.unit.startswith("per ")
    counted = own and name.startswith(("n_", "expected", "weighted_hits"))
    return "rate" if scaled or counted else "share"


def _heading(name: str, table_name: str | None, own: Column | None, table: pd.DataFrame) -> str:
    if own is None:
        # A column of the user's own keeps its name.
        return name
    heading = _HEADINGS_OF.get((table_name or "", name)) or _HEADINGS.get(name)
    if name in ("n_units_a", "n_units_b") and "unit" in noted_columns(table):
        heading = f"{str(table['unit'].iloc[0]).capitalize()}s {name[-1].upper()}"
    if heading is None:
        words = re.sub(r"^n_", "", name).replace("_", " ")
        words = re.sub(r" ([ab])$", lambda match: f" {match[1].upper()}", words)
        heading = words[:1].upper() + words[1:]
    return f"{heading} ({own.unit.replace('-', '−')})" if own.unit else heading


def _bounds(name: str, table: pd.DataFrame) -> tuple[str, str]:
    """Return the bounds that a column is one of, if both are there."""
    found = _BOUND.fullmatch(name)
    low, high = (f"{found[1] or ''}{end}" if found else "" for end in ("low", "high"))
    return (low, high) if low in table and high in table else ("", "")

"""The card of a lexicon: what it is, how well it agrees with human codes, where it fails."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import yaml

FIGURES = Path(__file__).parent / "builtin" / "cards"

_FRAME_COLUMNS = (
    *("texts", "category", "n", "positives", "AUC", "F1", "AUC of parts A, B"),
    *("best peer (AUC)", "trained model (AUC)"),
)
_MOST_ENTRIES = 15
# Fewer hits than this tell nothing of an entry's precision.
_FEW = 10


@dataclass(frozen=True)
class LexiconCard:
    """A card as Markdown, shown as such in a notebook."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text


class Precision(NamedTuple):
    """Which share of the coded hits of a category was right, and in which texts."""

    share: float
    n: int
    texts: str
    sources: tuple[str, ...]


def measured_precision(lexicon_id: str, category: str) -> Precision | None:
    """Return how many hits of a category were right in news; None where it was not measured."""
    figures = _figures(lexicon_id.partition("@")[0])
    told = figures.get("places")
    if not told or figures["id"] != lexicon_id:
        return None
    name, rows = next(iter(told["rows"].items()))
    own = [row for row in rows if row[1] == category and row[2]]
    overall = [row for row in own if row[0] == "all"]
    if not overall:
        return None
    _, _, n, share, *_ = overall[0]
    sources = tuple(row[0] for row in own if row[0] != "all")
    return Precision(share, n, told["texts"][name], sources)


def make_card(
    *,
    name: str,
    lexicon_id: str,
    language: str | None,
    description: str,
    definitions: pd.DataFrame,
    n_exclusions: Mapping[str, int],
    sources: tuple[str, ...],
) -> LexiconCard:
    """Write the card of a lexicon from its `definitions` and what ``benchmarks/cards.py`` found."""
    figures = _figures(name)
    notes = _notes().get(name, {})
    parts = [
        f"# Lexicon `{name}`",
        f"`{lexicon_id}` · {language or 'language not given'}",
        description,
        "## Categories\n\n" + _categories(definitions, n_exclusions),
        _validity(lexicon_id, figures),
        _places(lexicon_id, figures),
        _entries(lexicon_id, list(n_exclusions), figures),
        _list("Why these words", notes.get("reasons", [])),
        _list("Known failures", notes.get("failures", [])),
        _list("Changes", notes.get("changes", [])),
        _list("Sources", list(sources)),
    ]
    return LexiconCard("\n\n".join(part for part in parts if part) + "\n")


def _categories(definitions: pd.DataFrame, n_exclusions: Mapping[str, int]) -> str:
    lines: list[str] = []
    for row in definitions.to_dict("records"):
        if pd.isna(row["subcategory"]):
            head = f"**{row['category']}**, {row['n_entries']} entries, "
            head += f"{n_exclusions[row['category']]} exclusions. {row['definition']}"
            lines += [*([""] if lines else []), head.strip()]
        else:
            lines.append(f"- `{row['subcategory']}` ({row['n_entries']}): {row['definition']}")
    return "\n".join(lines)


def _validity(lexicon_id: str, figures: dict[str, Any]) -> str:
    if "validity" not in figures:
        return (
            "## Agreement with human codes\n\nNot measured. Code a sample of your own texts before "
            "you publish with this lexicon."
        )
    lines = ["## Agreement with human codes", figures["how"]]
    if figures["id"] != lexicon_id:
        lines.append(f"**These figures were measured for `{figures['id']}`, another version.**")
    rows = [
        _row(name, frame, values)
        for name, result in figures["validity"].items()
        for frame, values in result.items()
        if isinstance(values, dict) and "auc" in values
    ]
    if rows:
        lines.append(_table(_FRAME_COLUMNS, rows))
    for name, result in figures["validity"].items():
        plain = {k: v for k, v in result.items() if isinstance(v, int | float)}
        if plain:
            shown = ", ".join(f"{key.replace('_', ' ')} {_shown(v)}" for key, v in plain.items())
            peers = ", ".join(f"{peer} {_shown(v)}" for peer, v in result["peers"].items())
            lines.append(f"- **{figures['texts'][name]}**: {shown}. Beside it: {peers}.")
    for name, result in figures["validity"].items():
        if kinds := result.get("precision_by_kind"):
            lines.append(f"Share of the hits of each kind on a marked cue ({name}):")
            lines.append(_table(["kind", "share"], [[k, _shown(v)] for k, v in kinds.items()]))
    if below := figures.get("subcategories"):
        lines.append("AUC of each subcategory by itself, for the codes of its category:")
        names = list(next(iter(below.values())))
        cells = [[sub, *(_shown(own.get(name)) for name in names)] for sub, own in below.items()]
        lines.append(_table(["subcategory", *names], cells))
    return "\n\n".join(lines)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    first, *others = (f"| {' | '.join(cells)} |" for cells in (header, *rows))
    return "\n".join([first, "|---" * len(header) + "|", *others])


def _row(name: str, frame: str, values: dict[str, Any]) -> list[str]:
    peer, best = max(values["peers"].items(), key=lambda item: item[1])
    return [
        *(name, frame, f"{values['n']:,}", f"{values['positives']:,}"),
        f"{_shown(values['auc'])} [{_shown(values['auc_low'])}, {_shown(values['auc_high'])}]",
        f"{_shown(values['f1'])} [{_shown(values['f1_low'])}, {_shown(values['f1_high'])}]",
        ", ".join(map(_shown, values["auc_parts"])),
        f"{peer} {_shown(best)}",
        _shown(values["ceiling_auc"]),
    ]


def _places(lexicon_id: str, figures: dict[str, Any]) -> str:
    """Write how many hits in news are right, as language models coded them."""
    told = figures.get("places")
    if not told or figures["id"] != lexicon_id:
        return ""
    blocks = ["## Hits in news, coded by language models", told["how"]]
    for name, rows in told["rows"].items():
        table = pd.DataFrame(
            rows, columns=["source", "category", "n", "share", "low", "high", "kept"]
        )
        categories = table["category"].unique()
        lines = []
        for source, own in table.groupby("source", sort=False):
            found = {row.category: _right(row) for row in own.itertuples()}
            lines.append([str(source), *(found.get(category, "") for category in categories)])
        blocks.append(f"{name}, {told['texts'][name]}:")
        blocks.append(_table(["source", *categories], lines))
    return "\n\n".join(blocks)


def _right(row: Any) -> str:
    kept = "" if pd.isna(row.kept) else f", kept {_shown(row.kept)}"
    if not row.n:
        return f"none found{kept}"
    return f"{_shown(row.share)} [{_shown(row.low)}, {_shown(row.high)}] of {row.n}{kept}"


def _entries(lexicon_id: str, categories: list[str], figures: dict[str, Any]) -> str:
    rows = figures.get("entries")
    if not rows or figures["id"] != lexicon_id:
        return ""
    blocks = [
        "## Entries",
        "Hits in the coded texts, and the share of them that stand in texts coded as the category "
        "(precision). A low precision may be the fault of the entry or of how those texts "
        "were coded.",
    ]
    for category in categories:
        own = [row for row in rows if row[0] == category]
        often = sorted(own, key=lambda row: (-row[2], row[1]))[:_MOST_ENTRIES]
        worst = sorted((r for r in own if r[2] >= _FEW), key=lambda r: (r[3] / r[2], r[1]))
        silent = [row[1] for row in own if row[2] == 0]
        blocks.append(
            f"**{category}**. Most hits: {_named(often)}. Lowest precision of those with {_FEW} "
            f"hits or more: {_named(worst[:_MOST_ENTRIES])}. {len(silent)} of {len(own)} entries "
            "never fire in these texts."
        )
    return "\n\n".join(blocks)


def _named(rows: list[list[Any]]) -> str:
    return ", ".join(f"`{entry}` {n} ({right / n:.2f})" for _, entry, n, right in rows if n)


def _list(title: str, items: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {item}" for item in items) if items else ""


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}".replace("0.", ".", 1)


@cache
def _figures(name: str) -> dict[str, Any]:
    """Return what was measured of a lexicon, which may be named like no file."""
    own = (path for path in FIGURES.glob("*.json") if path.stem == name)
    return next((json.loads(path.read_text("utf-8")) for path in own), {})


@cache
def _notes() -> dict[str, Any]:
    notes: dict[str, Any] = yaml.safe_load((FIGURES / "notes.yml").read_text("utf-8"))
    return notes

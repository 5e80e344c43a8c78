"""What a reader sees of a table: the one description that pages, Word files and LaTeX show."""

from dataclasses import dataclass
from typing import NamedTuple

P_ADJUSTED = "p, adjusted"


class PrintedColumn(NamedTuple):
    """What stands above a column, and where its cells stand: left, center or right."""

    heading: str
    side: str

    @property
    def bold(self) -> bool:
        """Whether its cells are bold: of several p-values, the one to read."""
        return self.heading == P_ADJUSTED


@dataclass(frozen=True)
class PrintedTable:
    """A table as texts: the lines above it, its columns and rows, and the lines below."""

    title: tuple[str, ...]
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(column.heading for column in self.columns)

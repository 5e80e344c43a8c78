"""What of the input makes which part of the output."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """A run of rows of one input file, scored and written as one.

    `rows` is None where only reading tells how many there are. `start` and `stop` are rows
    within the row group of a Parquet file, bytes within any other.
    """

    number: int
    file: str
    location: str
    kind: str
    first_row: int
    rows: int | None
    start: int
    stop: int
    row_group: int | None
    n_bytes: int

    @property
    def name(self) -> str:
        """Name of the part's files, without an ending."""
        return f"part-{self.number:06d}"

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return asdict(self)


def part_of(fields: dict[str, Any]) -> Part:
    """Return the part that `Part.as_json` told.

    Parameters
    ----------
    fields : dict
        What JSON held.

    Returns
    -------
    Part

    Examples
    --------
    >>> from analysis.scores.corpus.parts import Part, part_of
    >>> part = Part(0, "a.csv", "/news/a.csv", ".csv", 1, None, 0, 80, None, 80)
    >>> part_of(part.as_json()) == part
    True
    """
    return Part(**fields)

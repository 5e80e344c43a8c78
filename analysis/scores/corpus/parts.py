"""What of the input makes which part of the output."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A run of rows of one input file, scored and written as one."""

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

"""What was found, on top of a page: sentences, warnings, and the figure that shows it."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from analysis.comparison.sentences import WARNINGS

# Spaces at which no line ends: 95 %, p = .02.
_UNBROKEN = re.compile(r" (?=%)|(?<=\bp) (?=[=<>] \.)|(?<=\bp [=<>]) (?=\.)")


@dataclass(frozen=True)
class FigureFiles:
    """A figure of a page: what it is called, and its files by kind, the first one shown."""

    label: str
    files: dict[str, str]
    alt: str


class Answer(NamedTuple):
    """The parts of an answer; the text is that of `describe_comparison`."""

    sentences: list[str]
    warnings: list[str]
    figure: FigureFiles | None = None


def read_answer(text: str, figure: FigureFiles | None = None) -> Answer:
    """Part a text into its sentences and its warnings."""
    told, _, warned = _UNBROKEN.sub("\N{NO-BREAK SPACE}", f"\n{text}\n").partition(
        f"\n{WARNINGS}\n"
    )
    sentences = [line for line in told.splitlines() if line.strip()]
    warnings = [line.removeprefix("- ") for line in warned.splitlines() if line.strip()]
    return Answer(sentences, warnings, figure)

"""What tests and the examples of docstrings share."""

import gc
import sys
from collections.abc import Iterator

import hypothesis
import hypothesis.strategies
import pytest

# What collecting the tests imports stays until the end: to look through it again takes seconds.
gc.disable()


def pytest_collection_finish() -> None:
    """Look from now on through what tests leave, and only through that."""
    _begin_hypothesis()
    gc.freeze()
    gc.enable()


@hypothesis.given(hypothesis.strategies.none())
@hypothesis.settings(max_examples=1, database=None)
def _begin_hypothesis(_: None) -> None:
    """Let Hypothesis register its generators: it asks the collector, which skips what is frozen."""


@pytest.fixture(autouse=True)
def _begin_as_in_a_new_session() -> Iterator[None]:
    """Figures of one test or example are not kept open for the next, nor its articles known."""
    if "analysis.saving.paths" in sys.modules:
        sys.modules["analysis.saving.paths"]._latest = None
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")

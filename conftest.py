"""What tests and the examples of docstrings share."""

import gc
import sys
from collections.abc import Iterator

import pytest

# What collecting the tests imports stays until the end: to look through it again takes seconds.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from now on.

    Nothing is frozen: Hypothesis asks the collector who holds its generators, and what is
    frozen is not searched.
    """
    gc.enable()


@pytest.fixture(autouse=True)
def _begin_as_in_a_new_session() -> Iterator[None]:
    """Figures of one test or example are not kept open for the next, nor its articles known."""
    if "analysis.saving.paths" in sys.modules:
        sys.modules["analysis.saving.paths"]._latest = None
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")

"""Whatever breaks `report` and `notebooks` off leaves the old output, the new one, or none.

`make test` tries some steps of the swap, `make test-deep` every step that changes the output.
"""

import os

import pytest

from tests.broken_off import JOBS, break_off_at

FAULTS = ("kill", "full", "interrupt")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forks")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_folder_is_replaced_whole_or_not_at_all(fault: str) -> None:
    assert break_off_at("plain", fault, "0", "3") == []


@pytest.mark.parametrize(("job", "fault"), [("report", "kill"), ("notebooks", "full")])
def test_a_run_that_is_broken_off_in_the_swap_mixes_nothing(job: str, fault: str) -> None:
    assert break_off_at(job, fault, "last", "2") == []


@pytest.mark.deep
@pytest.mark.parametrize("share", range(4))
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("job", JOBS)
def test_a_run_may_be_broken_off_at_every_step(job: str, fault: str, share: int) -> None:
    assert break_off_at(job, fault, str(share), "4") == []

"""The limit of time without a wall: code in this process is ended, and never anything else."""

from __future__ import annotations

import contextlib
import signal
import time
from functools import partial

import pytest

from grader.errors import StudentTimedOut
from grader.sandbox import wire
from grader.sandbox.patience import within_budget
from grader.sandbox.process import Budget

pytestmark = pytest.mark.alone

REPLY = wire.Returned(1, None)


def spin(seconds: float) -> wire.Reply:
    """Compute for a while, on a busy machine for as long as on an idle one."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return REPLY


def test_what_is_in_time_returns() -> None:
    """The reply comes back, and the budget is charged."""
    budget = Budget(5)

    assert within_budget(lambda: spin(0.1), budget) is REPLY
    assert 0.05 < budget.cpu < 1


@pytest.mark.parametrize("work", [lambda: spin(60), lambda: time.sleep(60)], ids=["computes", "sleeps"])
def test_what_is_not_is_ended(work: object) -> None:
    """Code that computes and code that sleeps is interrupted soon after its time, with the sentence of the wall."""
    start = time.monotonic()

    with pytest.raises(StudentTimedOut, match=r"It did not finish within 0\.1 seconds\."):
        within_budget(work, Budget(0.1))  # type: ignore[arg-type]  # what sleeps returns nothing, and does not return

    assert time.monotonic() - start < 5


def test_a_budget_that_is_spent_stays_spent() -> None:
    """Requests of one check share its time."""
    budget = Budget(0.3)
    within_budget(lambda: spin(0.2), budget)

    with pytest.raises(StudentTimedOut):
        within_budget(lambda: spin(60), budget)


@pytest.mark.slow
def test_an_interrupt_never_hits_what_comes_after() -> None:
    """Where code ends just when its time is up, it either counts or is out of time; nothing is raised later."""
    before = signal.getsignal(signal.SIGINT)
    for number in range(60):
        with contextlib.suppress(StudentTimedOut):
            within_budget(partial(spin, 0.04 + number * 0.0005), Budget(0.05))
        for _ in range(1000):
            pass

    assert signal.getsignal(signal.SIGINT) is before

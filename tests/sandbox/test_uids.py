"""Two runs on one machine never share a user id, however the first one ends."""

from __future__ import annotations

import os
import signal
import time

import pytest

from grader.errors import SandboxError
from grader.sandbox import uids
from grader.sandbox.uids import claimed


@pytest.fixture(autouse=True)
def nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use ids that no run on this machine claims meanwhile."""
    monkeypatch.setattr(uids, "UIDS", range(100_000, 100_606))


def _all(shares: list[range]) -> list[int]:
    return [uid for share in shares for uid in share]


@pytest.mark.parametrize("jobs", [1, 2, 25, 26, 100])
def test_each_job_has_ids_of_its_own(jobs: int) -> None:
    """No id is given twice, and a job has two at least."""
    with claimed(jobs) as shares:
        assert len(shares) == jobs
        assert min(map(len, shares)) >= 2
        assert len(set(_all(shares))) == len(_all(shares))
        assert set(_all(shares)) <= set(uids.UIDS)


def test_a_second_run_has_others() -> None:
    """What one run holds is not given to another until it ends."""
    with claimed(2) as mine, claimed(2) as theirs:
        assert not set(_all(mine)) & set(_all(theirs))
    with claimed(2) as again:
        assert again == mine


def test_too_many_runs_are_told() -> None:
    """Where no ids are left there is one sentence, and nothing stays claimed."""
    with claimed(300), pytest.raises(SandboxError, match="too many runs at once"), claimed(25):
        pass
    with claimed(300):
        pass


def test_a_killed_run_holds_nothing() -> None:
    """The kernel lets go of what a run held."""
    with claimed(1) as free:
        pass
    pid = os.fork()
    if pid == 0:
        with claimed(1):
            signal.pause()
        os._exit(0)
    time.sleep(0.2)
    with claimed(1) as others:
        assert others != free
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

    with claimed(1) as again:
        assert again == free

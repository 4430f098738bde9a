"""The reserve: nurseries that are started later on come from a process that knows nothing of what was graded."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import host, nursery
from grader.sandbox.reserve import Reserve
from grader.sandbox.watcher import Limits


@pytest.fixture
def reserve() -> Iterator[Reserve]:
    """Take a copy of this process, and end it."""
    nursery.warm(notebooks=False)
    made = Reserve()
    yield made
    made.close()


def _ended(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(2000))


def test_a_nursery_of_the_reserve_is_like_any_other(reserve: Reserve) -> None:
    """It opens workers, under the user ids that it was given, and leaves nothing when it is stopped."""
    handle = host.start_nursery(host.choose_layers("auto"), uids=range(61500, 61501), source=reserve)
    worker = host.Sandbox(handle, Limits()).open({"sub.py": b"x = 1"})

    if "setuid" in handle.layers:
        assert Path(f"/proc/{worker.pid}").stat().st_uid in (0, 61500)  # root's while it may not be looked into
        assert "Uid:\t61500" in Path(f"/proc/{worker.pid}/status").read_text()
    assert worker.kill() == -signal.SIGKILL
    host.stop_nursery(handle)
    assert not handle.scratch_base.exists()


def test_nurseries_end_with_the_reserve() -> None:
    """Nothing that was started by way of the reserve outlives it."""
    nursery.warm(notebooks=False)
    made = Reserve()
    handle = host.start_nursery(host.choose_layers("auto"), source=made)

    made.close()

    assert _ended(handle.pidfd)
    host.stop_nursery(handle)


def test_a_dead_reserve_is_told(reserve: Reserve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it no nursery can be had: one sentence, and no scratch directory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    os.kill(reserve._pid, signal.SIGKILL)

    with pytest.raises(SandboxError, match="has ended"):
        host.start_nursery(host.choose_layers("auto"), source=reserve)

    assert list(tmp_path.iterdir()) == []


def test_memory_is_taken_from_a_worker_first(nursery_handle: host.NurseryHandle) -> None:
    """Where memory runs out, the kernel is asked to end a worker before any trusted process."""
    worker = host.Sandbox(nursery_handle, Limits()).open({})
    ours, theirs = (int(Path(f"/proc/{pid}/oom_score_adj").read_text()) for pid in ("self", worker.pid))
    worker.kill()

    assert theirs == min(1000, ours + 300)

"""The user ids that workers run as, as root: of no person, of no service, and of one run on this machine at a time.

A run holds its share by an abstract socket, which the kernel lets go of however the run ends.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

from grader.errors import SandboxError

UIDS = range(60578, 61184)
"""systemd's table leaves these free."""

_SHARE = 6
_JOBS_OF_A_SHARE = 3
"""So that a job has two ids at least: the processes of the last worker may still be going when the next one starts."""


@contextlib.contextmanager
def claimed(jobs: int) -> Iterator[list[range]]:
    """Claim ids for as long as the block runs, a range for each job; SandboxError where other runs have too many."""
    wanted = -(-jobs // _JOBS_OF_A_SHARE)
    with contextlib.ExitStack() as held:
        shares: list[range] = []
        for start in range(0, len(UIDS), _SHARE):
            if len(shares) < wanted and _take(held, start):
                shares.append(UIDS[start : start + _SHARE])
        if len(shares) < wanted:
            raise SandboxError(
                f"too many runs at once on this machine: {jobs} jobs do not get user ids of their own; "
                "wait for another run to end, or give fewer with --jobs"
            )
        yield [shares[job % wanted][job // wanted :: -(-jobs // wanted)] for job in range(jobs)]


def _take(held: contextlib.ExitStack, start: int) -> bool:
    mark = socket.socket(socket.AF_UNIX)
    try:
        mark.bind(f"\0grade-uids-{UIDS[start]}")
    except OSError:
        mark.close()
        return False
    held.callback(mark.close)
    return True

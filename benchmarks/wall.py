"""What the wall costs, the self-test and the lockdown of one worker: `python -m benchmarks.wall`."""

from __future__ import annotations

import os
import struct
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from grader.sandbox import forks, host, limits, lockdown, namespaces, nursery, seccomp, selftest
from grader.sandbox.uids import UIDS

ROUNDS = 15
_UID = UIDS[0]


def main() -> None:
    """Print the least of several of each."""
    nursery.one_thread()
    nursery.warm(notebooks=False)
    layers = host.choose_layers("auto")
    lockdowns = [_of_one_lockdown(layers) for _ in range(ROUNDS)]
    handle = host.start_nursery(layers)
    try:
        attempts = [selftest.attempt(handle) for _ in range(ROUNDS)]
    finally:
        host.stop_nursery(handle)
    least = min(one.seconds for one in attempts)
    print(f"{', '.join(layers)}; least of {ROUNDS}")
    print(f"self-test: {1000 * least:.1f} ms by the clock for {attempts[0].tried} attempts and a worker for them")
    print(f"lockdown of one worker: {1000 * min(lockdowns):.2f} ms of CPU")


def _of_one_lockdown(layers: tuple[str, ...]) -> float:
    """Measure the CPU seconds that `lockdown.lock` takes in a worker forked as the nursery does."""
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as name:
        Path(name).chmod(0o711)
        scratch = Path(name) / "scratch"
        scratch.mkdir()
        if os.geteuid() == 0:
            os.chown(scratch, _UID, _UID)
        roots, size = lockdown.read_roots(), limits.vm_size()
        reader, writer = os.pipe()

        def worker() -> None:
            begun = time.process_time()
            policy = lockdown.Policy(
                scratch=str(scratch),
                read_roots=roots,
                uid=_UID if "setuid" in layers else None,
                memory=2 << 30,
                vm_size=size,
                cpu_seconds=900,
                file_bytes=64 << 20,
                layers=frozenset(layers),
            )
            lockdown.lock(policy)
            os.write(writer, struct.pack("=d", time.process_time() - begun))

        def nursery_like() -> None:
            if "namespaces" in layers:
                namespaces.enter(roots, name)
            seccomp.template()
            with forks.uninterrupted():
                os.waitpid(forks.fork(lambda: _end_after(worker)), 0)

        with forks.uninterrupted():
            child = forks.fork(lambda: _end_after(nursery_like))
            os.waitpid(child, 0)
        os.close(writer)
        with os.fdopen(reader, "rb") as measured:
            seconds: float = struct.unpack("=d", measured.read())[0]
        return seconds


def _end_after(function: Callable[[], None]) -> NoReturn:
    function()
    os._exit(0)


if __name__ == "__main__":
    main()

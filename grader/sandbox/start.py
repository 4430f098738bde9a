"""How a fork of the nursery becomes a worker: all that happens before the first line of submitted code."""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import warnings
from typing import NoReturn

from grader.errors import SandboxError
from grader.sandbox.messages import Spawn

_OPEN_FILES = 64
"""A file that is unlinked while open is not seen by the watcher: few of them may be open."""

LOCKDOWN_FAILED = 70
"""Exit code of a worker that could not be locked down; what it printed says why."""

THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def become_worker(
    order: Spawn,
    descriptors: list[int],
    nursery: int,
    read_roots: tuple[str, ...],
    vm_size: int,
    layers: frozenset[str],
) -> NoReturn:
    """In the forked child: descriptors, session, environment, lockdown; only then the student's code."""
    code = LOCKDOWN_FAILED
    try:
        from grader.sandbox import attempts, lockdown, probes, wire, worker

        _take_descriptors(*descriptors)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        os.environ.update(dict.fromkeys(_HOMES, f"{order.scratch}/home"))
        lockdown.lock(
            lockdown.Policy(
                scratch=order.scratch,
                read_roots=read_roots,
                uid=order.uid,
                memory=order.memory,
                vm_size=vm_size,
                cpu_seconds=order.cpu_seconds,
                file_bytes=order.file_bytes,
                open_files=_OPEN_FILES,
                threads=order.threads,
                layers=layers,
            ),
            parent=nursery,
        )
        if not os.access(os.__file__, os.R_OK):
            raise SandboxError(
                f"Python in {sys.base_prefix} cannot be read by other users, so submissions cannot import it; "
                "use a Python outside private folders"
            )
        os.chdir(f"{order.scratch}/work")  # not before: the nursery has no right to look inside
        _refresh_interpreter()
        found = tuple(probes.run(attempts.targets_from(order.probe))) if order.probe is not None else ()
        worker.serve(wire.Ready(found))
        code = 0
    except BaseException as error:  # noqa: BLE001 - the edge of a process: say it, and leave without unwinding
        said = str(error) if isinstance(error, SandboxError) else f"{type(error).__name__}: {error}"
        os.write(2, said.encode(errors="replace")[:2000])
    finally:
        os._exit(code)


def _take_descriptors(requests: int, replies: int, capture: int) -> None:
    """Keep 0 (nothing), 1 and 2 (captured), 3 and 4 (the wire), and close all else, the nursery's own included."""
    high = [os.dup(fd) for fd in (requests, replies, capture, os.open(os.devnull, os.O_RDONLY))]
    while min(high) < 5:
        high = [os.dup(fd) for fd in high]
    requests, replies, capture, null = high
    for source, target in ((null, 0), (capture, 1), (capture, 2), (requests, 3), (replies, 4)):
        os.dup2(source, target)
    os.closerange(5, 1 << 20)


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1",
} | dict.fromkeys(THREAD_VARIABLES, "1")  # fmt: skip
"""What every worker finds; the nursery sets it, once for all."""

_HOMES = ("HOME", "TMPDIR", "MPLCONFIGDIR", "TORCH_HOME", "XDG_CACHE_HOME")


def _refresh_interpreter() -> None:
    """Forget what the interpreter has cached of the process it was forked from."""
    tempfile.tempdir = None
    random.seed()
    sys.dont_write_bytecode = True
    warnings.resetwarnings()  # under pytest they may be errors
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    sys.path[:] = [entry for entry in sys.path if os.access(entry, os.R_OK) and entry not in ("", ".")]
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - stays open
    sys.stdout = open(1, "w", errors="replace", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = open(2, "w", buffering=1, errors="replace", closefd=False)  # noqa: SIM115 - as above

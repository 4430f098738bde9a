"""Children for the tests of the wall: a lockdown is for good, so each test forks a child of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import attempts, host, limits, lockdown, namespaces, nursery

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before the first import of torch: a fork must find one thread
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

UID = 61000
READ_ROOTS = lockdown.read_roots()


@dataclass(frozen=True)
class Ended:
    """What a child returned or raised, and how it ended: an exit code, or minus a signal."""

    value: Any
    error: str
    exit_code: int


def in_child(function: Callable[[], object], *, seconds: int = 60) -> Ended:
    """Run a function in a forked child that holds the descriptors 0 to 3, and fetch its result as JSON."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _report(function, writer, seconds)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as report:
        text = report.read()
    exit_code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = json.loads(text) if text else {}
    return Ended(said.get("value"), said.get("error", ""), exit_code)


def _report(function: Callable[[], object], writer: int, seconds: int) -> None:
    code = 1
    try:
        os.dup2(writer, 3)
        os.closerange(4, 1 << 16)
        signal.alarm(seconds)
        try:
            said = {"value": function()}
            code = 0
        except BaseException as error:  # noqa: BLE001 - the edge of a process: the test wants to know
            said = {"error": f"{type(error).__name__}: {error}"}
        os.write(3, json.dumps(said).encode())
    finally:
        os._exit(code)


@dataclass(frozen=True)
class Place:
    """Directories for a worker and for what it must not reach."""

    base: Path
    scratch: Path
    outside: Path
    secret: Path

    def policy(self, layers: frozenset[str], **changes: Any) -> lockdown.Policy:
        """Return a policy for a worker here, before /proc is gone: it reads the size of this process."""
        usual: dict[str, Any] = {
            "scratch": str(self.scratch),
            "read_roots": READ_ROOTS,
            "uid": UID if "setuid" in layers else None,
            "memory": 1 << 30,
            "vm_size": limits.vm_size(),
            "cpu_seconds": 60,
            "file_bytes": 1 << 26,
            "layers": layers,
        }
        return lockdown.Policy(**usual | changes)

    def targets(self, process: int) -> attempts.Targets:
        """Return what the probes of a worker here are to attack."""
        home, scratch = str(Path.home()), str(self.scratch)
        return attempts.Targets(str(self.secret), str(self.outside), "GRADER_TEST_TOKEN", process, home, scratch)

    def lock(self, layers: frozenset[str], **changes: Any) -> None:
        """Be the nursery and then the worker, as both would."""
        policy = self.policy(layers, **changes)
        if os.geteuid() == 0 and "setuid" not in layers:
            os.chown(self.scratch, 0, 0)
        os.environ.clear()
        os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), str(self.scratch)))
        tempfile.tempdir = None
        if "namespaces" in layers:
            namespaces.enter(policy.read_roots, str(self.base))
        lockdown.lock(policy)
        os.chdir(self.scratch)

    def give_to(self, uid: int) -> None:
        """Make a user the owner of everything here."""
        for path in (self.base, *self.base.rglob("*")):
            os.chown(path, uid, uid)


@pytest.fixture
def place() -> Iterator[Place]:
    """Make directories that any user could reach, but for the secret's own."""
    top = Path(tempfile.mkdtemp(prefix="grader-test-"))
    top.chmod(0o711)
    made = Place(top / "base", top / "base" / "scratch", top / "outside", top / "hidden" / "secret")
    for directory, mode in ((made.base, 0o711), (made.scratch, 0o700), (made.outside, 0o755)):
        directory.mkdir(mode=mode)
    made.secret.parent.mkdir(mode=0o700)
    made.secret.write_text("the solution", encoding="utf-8")
    if os.geteuid() == 0:
        os.chown(made.scratch, UID, UID)
    yield made
    shutil.rmtree(top)


@pytest.fixture(name="in_child")
def in_child_fixture() -> Callable[..., Ended]:
    """Give the function above to tests, which cannot import this file."""
    return in_child


@pytest.fixture(scope="session")
def nursery_handle() -> Iterator[host.NurseryHandle]:
    """Start the nursery that all tests of real workers share, with a secret in the environment before it."""
    os.environ["GRADER_PLANTED"] = "planted-in-the-environment"
    nursery.warm(notebooks=True)
    handle = host.start_nursery(host.choose_layers("auto"))
    yield handle
    host.stop_nursery(handle)

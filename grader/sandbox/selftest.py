"""At start-up a real worker, locked down as all will be, tries to break out: none of its attempts may succeed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError
from grader.sandbox.host import NurseryHandle, Sandbox
from grader.sandbox.probes import PROBES, unavoidable
from grader.sandbox.watcher import Limits

VARIABLE = "GRADE_SELF_TEST"
"""An environment variable set before the nursery starts, for a probe to look for."""


@dataclass(frozen=True)
class Attempts:
    """What came of the attempts: how many there were, which succeeded, known ones apart, and how long they took."""

    tried: int
    holes: tuple[str, ...]
    known: tuple[str, ...]
    seconds: float


def run(handle: NurseryHandle) -> None:
    """Let a worker try, and raise SandboxError when it succeeds where it should not."""
    if not handle.layers:
        return
    holes = attempt(handle).holes
    if holes:
        raise SandboxError(f"the wall has a hole on this machine, so nothing was graded: {', '.join(holes)}")


def attempt(handle: NurseryHandle) -> Attempts:
    """Plant a secret, and let a worker try to reach it and us."""
    planted = Path(tempfile.mkdtemp(prefix="grade-self-test-"))
    try:
        hidden = planted / "hidden"
        hidden.mkdir(mode=0o700)
        secret = hidden / "secret"
        secret.write_text("planted for the self-test\n")
        outside = planted / "outside"
        outside.mkdir()
        targets = (str(secret), str(outside), VARIABLE, str(os.getpid()), _home())
        sandbox = Sandbox(handle, Limits())
        begun = time.perf_counter()
        found = set(sandbox.probe(targets))
        seconds = time.perf_counter() - begun
    finally:
        shutil.rmtree(planted)
    known = unavoidable(handle.layers)
    return Attempts(len(PROBES), tuple(sorted(found - known)), tuple(sorted(found & known)), seconds)


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:  # a user that no table knows, in a container
        return "/"

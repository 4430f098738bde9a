"""At start-up a real worker, locked down as all will be, tries to break out: none of its attempts may succeed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from grader.errors import SandboxError
from grader.sandbox.host import NurseryHandle, Sandbox
from grader.sandbox.probes import unavoidable
from grader.sandbox.watcher import Limits

VARIABLE = "GRADE_SELF_TEST"
"""An environment variable set before the nursery starts, for a probe to look for."""


def run(handle: NurseryHandle) -> None:
    """Plant a secret, let a worker try to reach it and us, and raise SandboxError when it does."""
    if not handle.layers:
        return
    planted = Path(tempfile.mkdtemp(prefix="grade-self-test-"))
    try:
        hidden = planted / "hidden"
        hidden.mkdir(mode=0o700)
        secret = hidden / "secret"
        secret.write_text("planted for the self-test\n")
        outside = planted / "outside"
        outside.mkdir()
        sandbox = Sandbox(handle, Limits())
        found = sandbox.probe((str(secret), str(outside), VARIABLE, str(os.getpid())))
    finally:
        shutil.rmtree(planted)
    holes = sorted(set(found) - unavoidable(handle.layers))
    if holes:
        raise SandboxError(f"the wall has a hole on this machine, so nothing was graded: {', '.join(holes)}")

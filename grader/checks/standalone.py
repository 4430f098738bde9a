"""Judge one submission with plain pytest: what `grade run` sets up for a batch, set up for one file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.errors import GradeError
from grader.plugin import Judging


def start(checks: Path, path: Path, seed: int, sandbox: str) -> tuple[Judging, Callable[[], None]]:
    """Start a nursery and a session for one submission; returns what the fixtures need, and the clean-up."""
    from grader.sandbox import forks, nursery

    nursery.one_thread()
    from grader import assignment as assignments
    from grader.checks.session import Session
    from grader.grading import judging_for, loading_of
    from grader.intake.archives import unpacker
    from grader.intake.files import discover
    from grader.sandbox import host
    from grader.submission import is_archive, is_notebook
    from grader.task import limits_of

    tidy = ExitStack()
    try:
        assignment = assignments.load(str(checks.resolve().parent), None)
        layers = host.choose_layers(sandbox)
        if not layers:
            sys.stderr.write(f"grade: {host.SANDBOX_OFF}\n")
        nursery.warm(notebooks=is_notebook(path.name) or is_archive(path.name) or path.is_dir())
        with forks.uninterrupted():
            handle = host.start_nursery(layers, hidden=(checks.resolve().parent,))
            tidy.callback(host.stop_nursery, handle)
        unpack = tidy.enter_context(unpacker(handle))
        found = discover([path], assignment.slug, assignment.stubs(), assignment.limits, unpack=unpack)
        why = found[0].rejection or found[0].fault
        if len(found) != 1 or why:
            raise pytest.UsageError(why or f"{path} holds {len(found)} submissions; give one")
        session = Session(host.Sandbox(handle, limits_of(assignment)), loading_of(assignment, found[0], seed))
        tidy.callback(session.close_worker)
        judging = judging_for(assignment, seed)
    except BaseException as error:
        tidy.close()
        if isinstance(error, GradeError):
            raise pytest.UsageError(str(error)) from None
        raise
    judging.session = session
    return judging, tidy.close

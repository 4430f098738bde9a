"""What a Dask worker keeps for a class: a process that grades as `grade run` does on one machine with one job.

    python -m grader.executors.node ORDERS REPLIES LIFELINE

The arguments are descriptors; what is said on the first two is in `grader.executors.orders`. A Dask worker has
threads, so nothing can be forked from it; this process has one. It ends with its Dask worker, however that ends.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from grader import batch, lifeline
from grader.errors import GradeError
from grader.executors.orders import (
    Broken,
    Bundle,
    Graded,
    Loaded,
    Order,
    Setting,
    Standing,
    unpacked_bundle,
    unpacked_order,
)
from grader.frames import receive, send
from grader.run_command import take_interrupts
from grader.sandbox import forks, nursery
from grader.sandbox.host import remove_tree
from grader.submission import Submission
from grader.task import Task


def main(orders: int, replies: int, alive: int) -> int:
    """Be a node until the orders end, and return the exit code."""
    take_interrupts()
    try:
        lifeline.end_with(alive)
        _serve(orders, replies)
    except KeyboardInterrupt:
        return 130
    except GradeError as error:
        with suppress(BrokenPipeError):
            send(replies, Broken(str(error), error.exit_code))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the edge of a process: say it, and leave
        with suppress(BrokenPipeError):
            send(replies, Broken(f"{type(error).__name__}: {error}", GradeError.exit_code))
        return GradeError.exit_code
    return 0


def _serve(orders: int, replies: int) -> None:
    """Set up before anything secret is there: the assignment comes when the nursery has been forked."""
    setting = receive(orders, Setting)
    if setting is None:
        return
    nursery.one_thread()
    with (
        _private_folder() as folder,
        batch.nurseries(1, setting.sandbox, notebooks=setting.notebooks, hidden=[folder]) as started,
    ):
        from grader.environment import environment_here

        send(replies, Standing(environment_here()))
        bundle = receive(orders, Bundle)
        if bundle is None:
            return
        assignment = unpacked_bundle(bundle, folder / "course")
        send(replies, Loaded(assignment.checks_sha256()))
        place = folder / "submission"
        task = Task(assignment, setting.seed, None)
        with closing(batch.grade_all(task, _ordered(orders, place), started)) as all_graded:
            for graded in all_graded:
                remove_tree(place)
                send(replies, Graded(graded))


def _ordered(orders: int, place: Path) -> Iterator[Submission]:
    """Wait for one submission after the other: with one job, the next is asked for when the last was graded."""
    while (order := receive(orders, Order)) is not None:
        yield unpacked_order(order, place)


@contextmanager
def _private_folder() -> Iterator[Path]:
    with forks.uninterrupted():
        folder = Path(tempfile.mkdtemp(prefix="grade-"))
        try:
            with forks.interruptible():
                yield folder
        finally:
            remove_tree(folder)


def _in_silence() -> None:
    """Turn standard output, which belongs to the Dask worker, to standard error: checks may print."""
    os.dup2(2, 1)


if __name__ == "__main__":
    _in_silence()
    sys.exit(main(*itertools.islice(map(int, sys.argv[1:]), 3)))

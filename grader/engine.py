"""The process behind `grader.run`: the run of a command, told in messages.

    python -m grader.engine ORDERS REPLIES

    Asked -> Found, then one Finished for each submission, then Over;  or Failed, once;  Said at any time

The descriptor of the order stays open: when its other end is closed, the run ends as by Ctrl-C. With it ends whoever
started this process.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import msgspec

from grader import lifeline
from grader.beginning import begin
from grader.errors import GradeError
from grader.frames import receive, send
from grader.results import Result
from grader.run_command import ignore_interrupts, take_interrupts
from grader.running import Options


class Asked(msgspec.Struct, tag="asked", frozen=True):
    """What to run."""

    options: Options


class Found(msgspec.Struct, tag="found", frozen=True):
    """So many submissions will be graded."""

    count: int


class Finished(msgspec.Struct, tag="finished", frozen=True):
    """One submission has a result, its files and its record are written."""

    result: Result


class Said(msgspec.Struct, tag="said", frozen=True):
    """A sentence for staff."""

    sentence: str


class Over(msgspec.Struct, tag="over", frozen=True):
    """Everything is graded, and the pages of the class are written."""


class Failed(msgspec.Struct, tag="failed", frozen=True):
    """The run ends before its end; `kind` names the class of our errors."""

    kind: str
    sentence: str


Told = Found | Finished | Said | Over | Failed


def main(orders: int, replies: int) -> int:
    """Carry out one run, and return the exit code of `grade run`."""
    take_interrupts()
    try:
        asked = receive(orders, Asked)
        if asked is None:
            return 130
        lifeline.end_with(orders)
        _run(asked.options, replies)
    except KeyboardInterrupt:
        return 130
    except (GradeError, OSError) as error:
        ignore_interrupts()  # whoever reads this lets go of us, which is no interrupt any more
        kind = type(error) if isinstance(error, GradeError) else GradeError
        with suppress(BrokenPipeError):
            send(replies, Failed(kind.__name__, str(error)))
        return kind.exit_code
    return 0


def _run(options: Options, replies: int) -> None:
    with begin(options, lambda sentence: send(replies, Said(sentence))) as run:
        send(replies, Found(len(run.submissions)))
        for finished in run:
            send(replies, Finished(finished.result))
    ignore_interrupts()
    send(replies, Over())


if __name__ == "__main__":
    os.dup2(2, 1)  # checks may print
    sys.exit(main(*map(int, sys.argv[1:3])))

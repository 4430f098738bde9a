"""Many submissions: jobs that grade, and the process that deals out the work and keeps count.

    choose layers -> warm -> start nurseries -> discover -> fork jobs -> deal -> collect

This process imports torch once for all. Before it has seen a submission or a result, nurseries are forked from it;
one that takes the place of another later on comes from the reserve, a copy of this process as it was then.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import msgspec

from grader.checks.outcomes import OURS
from grader.checks.text import clean
from grader.environment import environment_here
from grader.errors import SandboxError, UsageError
from grader.frames import receive, send
from grader.job import Done, Hello, Stranded, Unusable, Work, run_job
from grader.report import pages
from grader.results import CheckResult, GradedSubmission, Result, Seconds, max_score_of
from grader.sandbox import forks, host, nursery, selftest, uids
from grader.sandbox.reserve import Reserve
from grader.shared_answers import SharedAnswers
from grader.submission import Submission
from grader.task import Task

_MOST_SECONDS = 3 * 3600
"""A job that is at one submission for longer than this hangs: all that a student can spend is far less."""

_TRIES = 2
"""How often a submission is given to a job before it is left ungraded."""

_STILLBORN = 5
"""How many jobs in a row may find their nursery dead before they have begun."""


@dataclass
class Job:
    """A grading process: where to send work, where results come from, and what it has in hand."""

    pid: int
    orders: int
    replies: int
    nursery: host.NurseryHandle
    hello: bool = False
    in_hand: Submission | None = None
    since: float = field(default_factory=time.monotonic)


@dataclass
class Batch:
    """A run in progress: what is still to do, the jobs, and the checks as the first job described them."""

    task: Task
    nurseries: Nurseries
    coming: Iterator[Submission]
    more: bool = True
    """Whether there may be any that have not been dealt out."""
    again: deque[Submission] = field(default_factory=deque)
    jobs: list[Job] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    stillborn: int = 0
    answers: SharedAnswers = field(default_factory=SharedAnswers)
    checks: tuple[CheckResult, ...] = ()

    def next(self) -> Submission | None:
        """Take the next submission: what has not been tried before what has cost a job."""
        if self.more and (one := next(self.coming, None)) is not None:
            return one
        self.more = False
        return self.again.popleft() if self.again else None


@dataclass
class Nurseries:
    """One nursery for each job, and what it takes to start another in place of one that died."""

    layers: tuple[str, ...]
    hidden: Sequence[Path]
    reserve: Reserve
    handles: list[host.NurseryHandle] = field(default_factory=list)

    def replace(self, dead: host.NurseryHandle) -> host.NurseryHandle:
        """End what is left of a nursery, and start another with the same user ids; to be called uninterrupted."""
        self.handles.remove(dead)
        host.stop_nursery(dead)
        self.handles.append(host.start_nursery(self.layers, hidden=self.hidden, uids=dead.uids, source=self.reserve))
        return self.handles[-1]

    def stop(self) -> None:
        """End them all, and remove what their workers wrote."""
        for handle in self.handles:
            host.stop_nursery(handle)
        self.reserve.close()


@contextmanager
def nurseries(
    count: int,
    mode: str,
    *,
    notebooks: bool,
    figures: bool = True,
    several: bool = True,
    hidden: Sequence[Path] = (),
) -> Iterator[Nurseries]:
    """Warm this process up, as `nursery.warm` says, and start nurseries from it; end them afterwards.

    All of that before anything secret is read. `hidden` names what must be out of reach of submitted code:
    SandboxError where it is not.
    """
    layers = host.choose_layers(mode)
    if not layers:
        sys.stderr.write(f"grade: {host.SANDBOX_OFF}\n")
    nursery.warm(notebooks=notebooks, figures=figures, several=several)
    os.environ[selftest.VARIABLE] = "planted"
    with forks.uninterrupted(), uids.claimed(count if "setuid" in layers else 0) as shares:
        started = Nurseries(layers, hidden, Reserve())
        try:
            for number in range(count):
                share = shares[number] if shares else uids.UIDS
                started.handles.append(host.start_nursery(layers, hidden=hidden, uids=share))
            with forks.interruptible():
                selftest.run(started.handles[0])
                yield started
        finally:
            started.stop()


def grade_all(task: Task, submissions: Iterator[Submission], started: Nurseries) -> Generator[GradedSubmission]:
    """Grade what comes with one job a nursery; yields results as they finish, and asks for no more than is dealt."""
    first = list(islice(submissions, len(started.handles)))
    if not first:
        return
    batch = Batch(task, started, chain(first, submissions))
    if task.directory is not None:
        pages.prepare()
    with forks.uninterrupted():
        try:
            for handle in started.handles[: len(first)]:
                batch.jobs.append(_fork_job(batch, handle))
            with forks.interruptible():
                yield from _results(batch)
        finally:
            for job in batch.jobs:
                _end(job)


def _results(batch: Batch) -> Iterator[GradedSubmission]:
    while any(job.in_hand is not None or not job.hello for job in batch.jobs) or batch.more or batch.again:
        if not batch.jobs:
            raise SandboxError("every grading process has ended")
        yield from _collect(batch)


def _fork_job(batch: Batch, handle: host.NurseryHandle) -> Job:
    theirs_in, orders = os.pipe2(os.O_CLOEXEC)
    replies, theirs_out = os.pipe2(os.O_CLOEXEC)
    not_theirs = (orders, replies, *_of_others(batch, handle))
    pid = forks.fork(lambda: run_job(batch.task, batch.answers, handle, theirs_in, theirs_out, not_theirs))
    os.close(theirs_in)
    os.close(theirs_out)
    return Job(pid, orders, replies, handle)


def _of_others(batch: Batch, handle: host.NurseryHandle) -> Iterator[int]:
    """List what a new job inherits of the other jobs."""
    for job in batch.jobs:
        yield from (job.orders, job.replies)
    yield from (other.channel.fileno() for other in batch.nurseries.handles if other is not handle)
    yield batch.nurseries.reserve.channel.fileno()


def _collect(batch: Batch) -> Iterator[GradedSubmission]:
    by_descriptor = {job.replies: job for job in batch.jobs}
    ready, _, _ = select.select(list(by_descriptor), [], [], 60.0)
    for job in batch.jobs:
        if job.in_hand is not None and time.monotonic() - job.since > _MOST_SECONDS:
            os.kill(job.pid, signal.SIGKILL)  # a check of ours hangs; what it had in hand is dealt with as lost
    for descriptor in ready:
        job = by_descriptor[descriptor]
        match receive(descriptor, Hello | Done | Stranded | Unusable):  # type: ignore[arg-type]  # a union is a type
            case Hello(checks):
                job.hello, batch.checks, batch.stillborn = True, checks, 0
            case Done(graded):
                job.in_hand = None
                batch.tries.pop(graded.result.submission.id, None)
                yield graded
            case Unusable(message, exit_code):
                raise UsageError(message) if exit_code == UsageError.exit_code else SandboxError(message)
            case Stranded(reason):
                yield from _replace(batch, job, reason)
                continue
            case None:
                yield from _replace(batch, job, None)
                continue
        _deal(batch, job)


def _deal(batch: Batch, job: Job) -> None:
    if job.hello and job.in_hand is None and (one := batch.next()) is not None:
        job.in_hand, job.since = one, time.monotonic()
        with suppress(BrokenPipeError):
            send(job.orders, Work(one, one.sha256))


def _replace(batch: Batch, job: Job, broken: str | None) -> Iterator[GradedSubmission]:
    """Start a new job for one that died, or ended as its wall was `broken`, and then a new nursery too.

    A submission that has cost two jobs is not graded.
    """
    lost = job.in_hand
    with forks.uninterrupted():
        _end(job)
        batch.jobs.remove(job)
    if lost is None and not job.hello:
        batch.stillborn += 1
        if broken is None or batch.stillborn == _STILLBORN:
            raise SandboxError(broken or "a grading process ended before it had collected the checks")
    if lost is not None:
        batch.tries[lost.id] = batch.tries.get(lost.id, 0) + 1
        if batch.tries[lost.id] < _TRIES:
            batch.again.append(lost)  # last, as two that are large will not run beside each other again
        else:
            yield _lost(batch, lost, broken or "the grading process ended")
    if batch.more or batch.again:
        with forks.uninterrupted():
            handle = job.nursery if broken is None else batch.nurseries.replace(job.nursery)
            batch.jobs.append(_fork_job(batch, handle))


def _end(job: Job) -> None:
    with suppress(ProcessLookupError):
        os.kill(job.pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(job.pid, 0)
    os.close(job.orders)
    os.close(job.replies)


def _lost(batch: Batch, submission: Submission, reason: str) -> GradedSubmission:
    """Make the result of a submission that has cost every job it was given to: our fault, no score."""
    checks = tuple(
        check if check.outcome == "manual" else msgspec.structs.replace(check, message=OURS) for check in batch.checks
    )
    task = batch.task
    graded = GradedSubmission(
        result=Result(
            assignment=task.assignment.slug,
            submission=submission.info,
            status="not_graded",
            message=f"Not graded, though it was tried {_TRIES} times: {clean(reason)}.",
            score=None,
            max_score=max_score_of(checks),
            checks=checks,
            seconds=Seconds(),
            sandbox=host.layers_in_force(batch.nurseries.layers),
            environment=environment_here(),
            checks_sha256=task.assignment.checks_sha256(),
            seed=task.seed,
        )
    )
    task.keep(graded)
    return graded

"""`grade run`, from the arguments to the exit code: a thin layer over `grader.running`."""

from __future__ import annotations

import gc
import os
import signal
import statistics
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from grader.beginning import begin, begin_settled
from grader.results import Result, read_result
from grader.running import Options, Run
from grader.sandbox.forks import INTERRUPTS

if TYPE_CHECKING:
    from grader.report.row import Row


class Summary(msgspec.Struct, frozen=True):
    """What `--json` says: where the pages are, and every result."""

    schema: int
    assignment: str
    directory: str
    results: tuple[Result, ...]


def run_class(options: Options, *, as_json: bool) -> int:
    """Grade everything, write everything, and return the exit code: 3 when some score is null, else 0."""
    take_interrupts()
    if is_to_start_over(options.seed):  # what is found before that is forgotten with the process
        gc.disable()  # it would look through ten thousand rows again and again, and find nothing
        with begin_settled(options, tell) as run:
            if run is not None:
                _follow(run)
        if run is not None:
            return _report(options, run, as_json=as_json)
    start_over(options.seed)
    with begin(options, tell) as run:
        _follow(run)
    return _report(options, run, as_json=as_json)


def _follow(run: Run) -> None:
    """Walk through a run, and show how far it has come."""
    from grader.progress import show

    with show(len(run.submissions)) as progress:
        for finished in run:
            progress.advance(finished.result, reused=finished.reused)


def start_over(seed: int) -> None:
    """Start this command anew in an environment of its own, unless it runs in it already.

    A hash seed that follows from the run's: else the order of a set differs from run to run. Large pages for
    malloc: a fork then copies a third less of page tables.
    """
    if is_to_start_over(seed):
        os.execve(sys.executable, sys.orig_argv, os.environ | environment_for(seed))  # noqa: S606 - ourselves


def is_to_start_over(seed: int) -> bool:
    """Tell whether this process is not yet in the environment of a run."""
    return os.environ.get("PYTHONHASHSEED") != environment_for(seed)["PYTHONHASHSEED"]


def environment_for(seed: int) -> dict[str, str]:
    """Name the variables that must stand in the environment of a run before it starts."""
    return {"PYTHONHASHSEED": str(seed % 2**32), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


def tell(sentence: str) -> None:
    """Say a sentence to staff."""
    sys.stderr.write(f"grade: {sentence}\n")


def take_interrupts() -> None:
    """Take a SIGTERM, which a batch system sends, and SIGHUP as Ctrl-C; what `nohup` and `&` ignore stays ignored."""
    for number in INTERRUPTS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: object) -> None:
    """End the run: what was finished is kept, and nothing is left. A second Ctrl-C does not disturb that."""
    ignore_interrupts()
    raise KeyboardInterrupt(number)


def ignore_interrupts() -> None:
    """Take no more of them, where a run ends anyhow."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)


def _report(options: Options, run: Run, *, as_json: bool) -> int:
    """Say on standard output how the run ended, and return its exit code."""
    slug, rows = run.assignment.slug, sorted(run.rows, key=lambda row: row.id)
    if as_json:
        folder = options.directory / "submissions"
        results = tuple(read_result(folder / row.id / "result.json") for row in rows)
        sys.stdout.write(msgspec.json.encode(Summary(1, slug, str(options.directory), results)).decode() + "\n")
    else:
        sys.stdout.write(_summary_text(options, rows, run.reused))
    failed = [row for row in rows if row.score is None]
    for row in failed:
        sys.stderr.write(f"grade: {row.id} could not be graded; see its report.html\n")
    return 3 if failed else 0


def _summary_text(options: Options, rows: Sequence[Row], reused: int) -> str:
    """Say how the run ended: scores, what was taken over, where the page is, what needs a person's eye."""
    from grader.report.findings import findings_of

    scores = [row.score for row in rows if row.score is not None]
    most = rows[0].max_score
    if len(rows) == 1 and scores:
        lines = [f"{rows[0].id}: {scores[0]:g} of {most:g} points."]
    else:
        lines = [f"{len(rows)} submission{'s' if len(rows) != 1 else ''}, {len(scores)} with a score."]
        if scores:
            lines.append(f"Median {statistics.median(scores):g} of {most:g} points.")
    if reused:
        lines.append(f"{len(rows) - reused} graded, {reused} taken over from earlier runs.")
    lines.append(f"Class page: {options.directory / 'index.html'}")
    if found := [f"  {one.what}: {one.names}".rstrip(": ") for one in findings_of(rows)]:
        lines += ["Needs a person's eye:", *found]
    return "\n".join(lines) + "\n"

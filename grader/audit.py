"""`grade audit`: the rubric put to the test, by grading what is known to be right, empty and wrong.

solution, variants -> full points;  stub -> none;  each mistake -> loses what it says, and is named
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.errors import UsageError
from grader.mistakes import Mistake, read_catalogue
from grader.results import CheckResult, Result

if TYPE_CHECKING:
    from grader.assignment import Assignment
    from grader.submission import Submission

SOLUTION, STUB, VARIANT, MISTAKE = "solution", "stub", "variant-", "mistake-"


@dataclass(frozen=True)
class AuditOptions:
    """The arguments of `grade audit`."""

    assignment: str
    course: Path | None = None
    jobs: int | None = None
    sandbox: str = "auto"
    seed: int = 0
    as_json: bool = False


class Audit(msgspec.Struct, frozen=True):
    """What an audit found.

    `catches` lists for each check the mistakes that lose it; `problems` is empty if all is well.
    """

    schema: int
    assignment: str
    seed: int
    checks: tuple[str, ...]
    variants: tuple[str, ...]
    mistakes: tuple[str, ...]
    catches: dict[str, tuple[str, ...]]
    problems: tuple[str, ...]


def audit(options: AuditOptions) -> int:
    """Grade the solution, its variants, the stub and every mistake; print what was found, and return the exit code."""
    from grader.assignment import load
    from grader.run_command import start_over, take_interrupts

    assignment = load(options.assignment, options.course)
    if assignment.hidden is None:
        raise UsageError(f"there is no solutions/{assignment.slug}/ here, so there is nothing to audit")
    take_interrupts()
    start_over(options.seed)
    catalogue = read_catalogue(assignment.hidden)
    with tempfile.TemporaryDirectory(prefix="grade-audit-") as name:
        results = dict(_graded(assignment, catalogue, options, Path(name)))
    found = judge(assignment.slug, catalogue, results, options.seed)
    if options.as_json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 1 if found.problems else 0


def _graded(
    assignment: Assignment, catalogue: Sequence[Mistake], options: AuditOptions, folder: Path
) -> Iterator[tuple[str, Result]]:
    from grader.sandbox import nursery

    nursery.one_thread()
    from grader import batch
    from grader.progress import show
    from grader.task import Task

    assert assignment.hidden is not None
    jobs = options.jobs or len(os.sched_getaffinity(0))
    with batch.nurseries(jobs, options.sandbox, notebooks=False, hidden=[assignment.hidden, folder]) as started:
        submissions = tuple(_submissions(assignment, catalogue, folder))
        task = Task(assignment, options.seed, folder / "results")
        with show(len(submissions)) as progress, closing(batch.grade_all(task, iter(submissions), started)) as graded:
            for one in graded:
                progress.advance(one.result)
                yield one.result.submission.id, one.result


def _submissions(assignment: Assignment, catalogue: Sequence[Mistake], folder: Path) -> Iterator[Submission]:
    """Lay everything out as if it had been handed in."""
    from grader.submission import Submission, SubmittedFile

    assert assignment.hidden is not None
    sources = {SOLUTION: assignment.solution_path.read_bytes()}
    stub = assignment.stubs().get(f"{assignment.slug}.py")
    if stub is not None:
        sources[STUB] = stub
    for path in sorted((assignment.hidden / "variants").glob("*.py")):
        sources[VARIANT + path.stem] = path.read_bytes()
    for mistake in catalogue:
        sources[MISTAKE + mistake.slug] = mistake.source.encode()
    for name, source in sources.items():
        path = folder / "submissions" / name / f"{assignment.slug}.py"
        path.parent.mkdir(parents=True)
        path.write_bytes(source)
        yield Submission(name, name, (SubmittedFile(path.name, path),), path.name)


def judge(slug: str, catalogue: Sequence[Mistake], results: Mapping[str, Result], seed: int) -> Audit:
    """Compare what was graded with what should have come of it."""
    checks = tuple(check.id for check in results[SOLUTION].checks if check.outcome != "manual")
    catches = {check: tuple(m.slug for m in catalogue if check in _lost(results[MISTAKE + m.slug])) for check in checks}
    variants = tuple(name.removeprefix(VARIANT) for name in sorted(results) if name.startswith(VARIANT))
    problems = [
        *(f"{name}: {said}" for name, result in sorted(results.items()) for said in _faults(result)),
        *_marked_down({name: one for name, one in results.items() if name == SOLUTION or name.startswith(VARIANT)}),
        *_gained(results.get(STUB)),
        *(f"{MISTAKE}{m.slug}: {said}" for m in catalogue for said in _differences(m, results[MISTAKE + m.slug])),
        *(f"{check} catches no mistake" for check in checks if catalogue and not catches[check]),
    ]
    return Audit(1, slug, seed, checks, variants, tuple(m.slug for m in catalogue), catches, tuple(problems))


def _lost(result: Result) -> frozenset[str]:
    return frozenset(check.id for check in result.checks if check.outcome not in ("passed", "manual"))


def _faults(result: Result) -> Iterator[str]:
    if result.status != "graded":
        yield f"{result.status}: {result.message}"
    for check in result.checks:
        if check.outcome == "internal_error":
            yield f"{check.id} could not be carried out"


def _marked_down(right: Mapping[str, Result]) -> Iterator[str]:
    for name, result in sorted(right.items()):
        for check in result.checks:
            if check.outcome not in ("passed", "manual"):
                yield f"{name} is right, but loses {check.id} ({check.outcome}: {check.message})"


def _gained(stub: Result | None) -> Iterator[str]:
    if stub is None:
        yield "there is no stub: run `grade release`"
        return
    for check in stub.checks:
        if check.points:
            yield f"the stub gains {check.points:g} points from {check.id}"


def _differences(mistake: Mistake, result: Result) -> Iterator[str]:
    lost = _lost(result)
    if not lost:
        yield "is caught by no check"
    yield from (f"should lose {name}, but does not" for name in mistake.loses if name not in lost)
    yield from (f"loses {_said(result, name)}, which it does not list" for name in lost if not mistake.touches(name))
    names = {check.mistake for check in result.checks if check.mistake}
    if names - {mistake.slug}:
        yield f"is taken for {', '.join(sorted(name for name in names if name and name != mistake.slug))}"
    elif not names and lost:
        yield "is not told from other mistakes, or from none: what its checks see is not enough to name it"


def _said(result: Result, name: str) -> str:
    check: CheckResult = next(check for check in result.checks if check.id == name)
    return f"{name} ({check.outcome}: {check.message})"


def _lines(found: Audit) -> Iterator[str]:
    """Draw the table: a row a check, a column a mistake."""
    counts = f"{len(found.checks)} checks, {len(found.mistakes)} mistakes, {len(found.variants)} variants"
    yield f"{found.assignment}: {counts}"
    if found.mistakes:
        yield ""
        yield from (f"{number:>4}  {slug}" for number, slug in enumerate(found.mistakes, start=1))
        yield ""
        width = max(map(len, found.checks))
        numbers = [f"{number:>3}" for number in range(1, len(found.mistakes) + 1)]
        yield f"{'':{width}} {''.join(numbers)}"
        for check in found.checks:
            marks = "".join("  x" if slug in found.catches[check] else "  ." for slug in found.mistakes)
            yield f"{check:{width}} {marks}"
    yield ""
    if found.problems:
        yield f"{len(found.problems)} problem{'s' if len(found.problems) > 1 else ''}:"
        yield from (f"- {problem}" for problem in found.problems)
    else:
        yield "All is well: what is right gets full points, the stub none, and every mistake loses what it should."

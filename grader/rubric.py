"""The checks of an assignment as they were collected, and what all results of a run have in common."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from grader.assignment import Assignment
from grader.checks.marks import covered_names, marks_of, title_of
from grader.environment import environment_here
from grader.errors import UsageError
from grader.mistakes import Mistake, read_catalogue
from grader.results import CheckResult, Environment


@dataclass(frozen=True)
class Rubric:
    """The checks of an assignment as pytest collected them, and what all results of a run have in common."""

    assignment: Assignment
    items: tuple[pytest.Function, ...]
    blank: tuple[CheckResult, ...]
    catalogue: tuple[Mistake, ...]
    checks_sha256: str
    environment: Environment
    seed: int


def rubric_of(assignment: Assignment, items: Sequence[pytest.Function], seed: int) -> Rubric:
    """Describe the collected checks; raises UsageError where they contradict the assignment."""
    blank = tuple(_blank(item, assignment.names) for item in items)
    unknown = [(check.id, name) for check in blank for name in check.covers if name not in assignment.names]
    if unknown:
        raise UsageError(f"{unknown[0][0]} covers {unknown[0][1]!r}, which is not among the names in assignment.toml")
    _refuse_impossible_points(blank)
    _refuse_impossible_needs(items)
    total = sum(check.max_points for check in blank)
    if not blank or abs(total - assignment.max_points) > 1e-9:
        raise UsageError(
            f"the {len(blank)} checks of {assignment.slug} are worth {total:g} points, "
            f"but assignment.toml says {assignment.max_points:g}"
        )
    catalogue = read_catalogue(assignment.solution_path.parent)
    _refuse_unknown_losses(catalogue, items)
    return Rubric(assignment, tuple(items), blank, catalogue, assignment.checks_sha256(), environment_here(), seed)


def only_check(rubric: Rubric, name: str) -> Rubric:
    """Keep one check and those that it needs; its inputs stay as they are. Raises UsageError where there is none."""
    by_name = {item.name: item for item in rubric.items}
    if name not in by_name:
        close = difflib.get_close_matches(name, by_name, n=1, cutoff=0.4)
        meant = f"did you mean {close[0]}? " if close else ""
        raise UsageError(f"{rubric.assignment.slug} has no check {name!r}; {meant}result.json lists them by id")
    wanted, left = set[str](), [name]
    while left:
        one = left.pop()
        wanted.add(one)
        left += [need for need in marks_of(by_name[one].function).needs if need not in wanted]
    items = tuple(item for item in rubric.items if item.name in wanted)
    return replace(
        rubric, items=items, blank=tuple(check for check in rubric.blank if check.id in wanted), catalogue=()
    )


def _refuse_impossible_points(blank: Sequence[CheckResult]) -> None:
    """Refuse points that would take marks from whoever passes, or from everybody."""
    for check in blank:
        if not 0 <= check.max_points < math.inf:  # NaN is neither
            raise UsageError(f"{check.id} is worth {check.max_points:g} points: give a number that is 0 or more")


def _refuse_impossible_needs(items: Sequence[pytest.Function]) -> None:
    """Refuse a check that needs one which has no verdict before it: everybody would lose its points."""
    judged: set[str] = set()
    for item in items:
        for name in marks_of(item.function).needs:
            if name not in judged:
                raise UsageError(f"{item.name} needs {name}, which is not an automatic check that stands above it")
        if not marks_of(item.function).manual:
            judged.add(item.name)


def _refuse_unknown_losses(catalogue: Sequence[Mistake], items: Sequence[pytest.Function]) -> None:
    """Refuse a mistake that says it loses a check which is not there: it would never be named."""
    automatic = {item.name for item in items if not marks_of(item.function).manual}
    for mistake in catalogue:
        for name in (*mistake.loses, *mistake.may_lose):
            if name not in automatic:
                raise UsageError(f"mistakes/{mistake.slug}.py: LOSES names {name}, which is no automatic check")


def _blank(item: pytest.Function, names: tuple[str, ...]) -> CheckResult:
    marks = marks_of(item.function)
    return CheckResult(
        id=item.name,
        title=title_of(item.function),
        covers=covered_names(item.function, names),
        points=None,
        max_points=marks.points,
        outcome="manual" if marks.manual else "internal_error",
        visibility=marks.visibility,
    )

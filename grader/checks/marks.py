"""What the author of a check says about it: points, names covered, needs, visibility, time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from grader.results import Visibility

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class CheckMarks:
    """The marks of one check, with what they are when nothing is said."""

    points: float = 0.0
    covers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    visibility: Visibility = "visible"
    seconds: float | None = None
    manual: bool = False
    dear: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


def marks_of(function: Callable[..., Any]) -> CheckMarks:
    """Read the marks of a check function."""
    found = getattr(function, "__check_marks__", None)
    return found if isinstance(found, CheckMarks) else CheckMarks()


def _mark(**changes: Any) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        function.__check_marks__ = replace(marks_of(function), **changes)  # type: ignore[attr-defined]
        return function

    return decorate


def points(number: float) -> Callable[[Function], Function]:
    """Say what a check is worth: all or nothing."""
    return _mark(points=float(number))


def covers(*names: str) -> Callable[[Function], Function]:
    """Name what the check judges, where that cannot be read off the check's own name."""
    return _mark(covers=names)


def needs(*checks: Callable[..., Any]) -> Callable[[Function], Function]:
    """Skip the check, without points, unless these have passed before it."""
    return _mark(needs=tuple(check.__name__ for check in checks))


def visibility(value: Visibility) -> Callable[[Function], Function]:
    """Say who sees the check: `visible`, `hidden`, `after_due_date` or `after_published`."""
    return _mark(visibility=value)


def time_limit(seconds: float) -> Callable[[Function], Function]:
    """Give submitted code this many seconds in the check, instead of the assignment's `check_seconds`."""
    return _mark(seconds=float(seconds))


def dear(function: Function) -> Function:
    """Do not put known mistakes through the check, as it takes seconds: cheaper checks have to name them."""
    return _mark(dear=True)(function)


def manual(function: Function) -> Function:
    """Leave the check to a person: its points are not counted until then."""
    return _mark(manual=True)(function)


def shared(seconds: float) -> Callable[[Callable[..., Any]], Any]:
    """Declare something dear that is done once a submission and that several checks look at.

    A module-scoped fixture with a time of its own. It must return plain values (losses, weights, tensors), as
    handles to the student's objects end with the check that made them. When it fails, every check that asks
    for it fails in the same way, without doing it again.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        function.__shared_seconds__ = float(seconds)  # type: ignore[attr-defined]
        return pytest.fixture(scope="module")(function)

    return decorate


def title_of(function: Callable[..., Any]) -> str:
    """Take the first line of the docstring, which is what students read."""
    lines = (function.__doc__ or "").strip().splitlines()
    return lines[0].strip() if lines else function.__name__.removeprefix("check_").replace("_", " ")


def covered_names(function: Callable[..., Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """Say which of the assignment's names a check judges: as marked, else those its own name begins with."""
    marked = marks_of(function).covers
    if marked:
        return marked
    own = _flat(function.__name__.removeprefix("check_"))
    matching = [name for name in names if own.startswith(_flat(name))]
    return (max(matching, key=len),) if matching else ()


def _flat(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

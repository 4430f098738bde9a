"""The formats there are: ours, one file each, and those of other packages.

A package of somebody's own adds a format by an entry point of the group `grader.exports`: its name is the format's,
and it leads to an object like `Format`.
"""

from __future__ import annotations

import importlib
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, cast

from grader.errors import UsageError
from grader.exports.order import Made, Order
from grader.submission import display_text

GROUP = "grader.exports"
BUILT_IN = {
    "csv": "plain",
    "canvas": "canvas",
    "canvas-feedback": "canvas_feedback",
    "moodle": "moodle",
    "moodle-feedback": "moodle_feedback",
    "blackboard": "blackboard",
    "brightspace": "brightspace",
    "nbgrader": "nbgrader",
}


class Format(Protocol):
    """One kind of file that a platform takes."""

    @property
    def takes(self) -> frozenset[str]:
        """Which options make sense with it: `template`, `column`."""

    def make(self, order: Order) -> Made:
        """Make the file; raises `UsageError` for a template that is none, or lacks what it takes."""


def names() -> list[str]:
    """List the formats there are."""
    return [*BUILT_IN, *(point.name for point in _plugins())]


def format_called(name: str) -> Format:
    """Import a format by its name; raises `UsageError` for one that there is not, or that cannot be had."""
    if name in BUILT_IN:
        return cast("Format", importlib.import_module(f"grader.exports.{BUILT_IN[name]}").FORMAT)
    for point in _plugins():
        if point.name == name:
            return _loaded(point)
    raise UsageError(f"there is no format called {display_text(name)!r}; there are {', '.join(names())}.")


def _plugins() -> list[EntryPoint]:
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    taken = set(BUILT_IN)
    for point in found:
        if point.name in taken:
            raise UsageError(f"two formats are called {point.name!r}; {point.value} has to take another name.")
        taken.add(point.name)
    return found


def _loaded(point: EntryPoint) -> Format:
    try:
        return cast("Format", point.load())
    except Exception as error:  # whatever somebody's package raises when it is imported
        said = f"{type(error).__name__}: {error}"
        raise UsageError(f"the format {point.name!r} ({point.value}) cannot be had: {said}.") from error

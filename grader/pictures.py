"""A picture of what submitted code did, as data: checks record it, pages draw it, no check is decided by it.

The numbers are the student's; every word is the author's. What is not a finite number is a gap (None).
"""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["student", "reference", "data", "limit"]
"""Whose numbers they are: the student's, the solution's, given ones, or a line to reach or to stay below."""

Form = Literal["line", "dots", "bars"]

Numbers = tuple[float | None, ...]


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Points in order; a limit that is one number has two points, at the ends."""

    label: str
    role: Role
    x: Numbers
    y: Numbers
    form: Form = "line"


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place with a name, such as a minimum."""

    label: str
    x: float
    y: float


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A function of two variables on a grid, in 256 levels from its least to its largest; rows from the bottom."""

    label: str
    left: float
    right: float
    bottom: float
    top: float
    columns: int
    levels: bytes

    @property
    def rows(self) -> int:
        """Count the rows."""
        return len(self.levels) // self.columns


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """One picture; it belongs to the check of that id, and whoever may not see the check does not see it."""

    check: str
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    log_y: bool = False
    ticks: tuple[str, ...] = ()
    """Names of the places 0, 1, 2, ... along x, where they are not numbers: the layers of a network, say."""
    spots: tuple[Spot, ...] = ()
    field: Field | None = None
    square: bool = False
    """Whether a step along x is to be as long as one along y."""


class Feedback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the pages show besides words and code; `[feedback]` in assignment.toml."""

    pictures: bool = True
    """Whether there are any pictures in the pages; what they are made of is on record in any case."""

    reference: bool = False
    """Whether pictures show students what the solution gives beside what their own code gave."""

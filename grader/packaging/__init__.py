"""What an instructor uploads to a platform, for one assignment: one file for each platform, one pure function in each.

    package   what is wanted -> the files, by name, with their modes
    then      what is wanted -> what the instructor does next, a line each

`command` is what runs around the two; `parts` is what their packages are made of; `archive` writes them. A package
holds the hidden part of one assignment, and of no other. The same input gives the same bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.errors import UsageError
from grader.platforms.settings import PLATFORMS

if TYPE_CHECKING:
    from grader.assignment import Assignment

FOLDER = ""
ENDINGS = (".zip", ".tar", ".tar.gz", FOLDER)
"""What a package may be, by the ending of its name; without any of these it is a folder."""

ALIASES = {"codio": "gradescope"}
"""Platforms that run the package of another one, by its entry; what they give is told by `then` alone."""


@dataclass(frozen=True)
class Wanted:
    """What is to be packaged."""

    assignment: Assignment
    """One with its hidden part, which was seen to be there."""
    image: str = ""
    """The image with the grader, as the platform is to pull it; empty where the platform needs none."""
    torch_index: str = ""
    """The address of an index with torch's CPU builds; empty: what pip's own settings give."""


@dataclass(frozen=True)
class Member:
    """One file of a package; nothing of it depends on who makes it, where and when."""

    data: bytes
    mode: int = 0o644


Files = dict[str, Member]
"""A package: its files by their names in it, with `/` between folders."""


@dataclass(frozen=True)
class Packager:
    """How the package of one platform is made; each module has one, called PACKAGER."""

    package: Callable[[Wanted], Files]
    then: Callable[[Wanted], Sequence[str]]
    """Say what is to be done with the package, in a few lines."""
    needs_image: bool = False
    builds_image: bool = False
    """Whether that image is built of the package itself, after this; else it is the one of our Dockerfile."""
    endings: tuple[str, ...] = ENDINGS
    """What it may be written as."""
    sets: frozenset[Literal["seconds", "memory"]] = frozenset()
    """What the package itself sets on the platform, so that nobody has to be told to."""


def packager_of(name: str) -> Packager:
    """Find how a platform's package is made; raises UsageError where there is no platform of that name."""
    if name not in {*PLATFORMS, *ALIASES}:
        raise UsageError(f"there is no platform {name!r}: give one of {', '.join(sorted([*PLATFORMS, *ALIASES]))}.")
    packager: Packager = importlib.import_module(f"grader.packaging.{name}").PACKAGER
    return packager


__all__ = ["ALIASES", "ENDINGS", "FOLDER", "Files", "Member", "Packager", "Wanted", "packager_of"]

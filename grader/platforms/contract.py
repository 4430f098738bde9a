"""What a platform is to us: where its entry runs, what is found there, what it is answered."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.platforms.answer import Answer
    from grader.platforms.settings import Platforms

SHARE = 0.85
"""Our own deadline as a share of the platform's: what was graded until then is reported, not overwritten."""


@dataclass(frozen=True)
class Surroundings:
    """Where the entry runs: the file system, the current folder, the environment, the words after the platform's."""

    root: Path = Path("/")
    """A test's own folder takes the place of `/`."""
    here: Path = field(default_factory=Path.cwd)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    words: Sequence[str] = ()

    def at(self, path: str) -> Path:
        """Name a place of the platform's, which is given from `/` on."""
        return self.root / path.lstrip("/")


@dataclass(frozen=True)
class Found:
    """What a platform has laid out for one submission."""

    folder: Path | None = None
    """The folder of the student's files; one that is not there is a submission without files."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What does not lie in a folder of the student's own, by name; in place of `folder`."""
    student: str = ""
    submitted_at: str = ""
    """ISO 8601, with an offset where that is known; empty where it is not told."""
    due: str = ""
    """ISO 8601: what the platform says for this very student; empty where it says nothing."""
    assignment: str = ""
    """What the platform calls the assignment, where it says so; it counts if ours is called that."""
    seconds: float | None = None
    """What the platform itself says that it gives; by the clock."""
    notes: tuple[str, ...] = ()
    """Sentences for the student on what was found."""


@dataclass(frozen=True)
class Reply:
    """What the platform reads: files whole or not at all, then lines at the very end of standard output, a code."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    appended: Mapping[Path, str] = field(default_factory=dict)
    """What is added to files that are the platform's own, such as `$GITHUB_OUTPUT`."""
    out: str = ""
    err: str = ""
    code: int = 0


@dataclass(frozen=True)
class Platform:
    """One platform: how to know it, what it lays out, what it reads."""

    name: str
    is_here: Callable[[Surroundings], bool]
    results: Callable[[Surroundings], Sequence[Path]]
    """What an earlier run may have left, which is removed before anything else."""
    find: Callable[[Surroundings], Found]
    """Raises UsageError where the platform has not laid out what it promises."""
    answer: Callable[[Answer, Found, Surroundings, Platforms], Reply]
    fault: Callable[[str, Surroundings], Reply]
    """Say, in the platform's own way and in words that students may read, that there is no score."""
    private: bool
    """Whether what the entry prints to standard error is for staff alone; else nothing but the reply is printed."""

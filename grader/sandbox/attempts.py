"""What probes are made of: what is planted for them, and ways to tell a refused call from one that is looked at."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import syscalls


@dataclass(frozen=True)
class Targets:
    """What was planted for the probes to reach."""

    secret: str
    """A file alone in a directory of mode 0700, where hidden files lie; it may be spoilt."""
    outside: str
    """A directory that is not the worker's, such as where results go."""
    variable: str
    """An environment variable that was set in the grader."""
    process: int
    """The grader, or the nursery."""
    home: str
    """The home of whoever grades."""
    scratch: str
    """Where the worker may write."""


def targets_from(planted: tuple[str, ...]) -> Targets:
    """Read targets that came as text: secret, outside, variable, process and home; scratch is where we are."""
    secret, outside, variable, process, home = planted
    return Targets(secret, outside, variable, int(process), home, str(Path.cwd()))


Probe = Callable[[Targets], bool]
"""Tries something, and says whether it had its way; an OSError says that it had not."""

REFUSALS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS})
"""What a filter answers, or a kernel that lacks a privilege or the call itself."""


def kernel_looks(name: str, *arguments: syscalls.Argument) -> Probe:
    """Make a call that means nothing, and see whether it is refused or looked at (EFAULT, EINVAL, ...)."""

    def probe(_: Targets) -> bool:
        try:
            syscalls.call(name, *arguments)
        except OSError as failure:
            return failure.errno not in REFUSALS
        return True

    return probe


def answers_with(number: int, name: str, *arguments: syscalls.Argument) -> bool:
    """Say whether a call fails just as it does when the kernel itself has judged it; a fake would succeed."""
    try:
        syscalls.call(name, *arguments)
    except OSError as failure:
        return failure.errno == number
    return False


def make_and_remove(make: Callable[[Path], object], directory: str) -> bool:
    """Make something in a directory, and take it away again."""
    path = Path(directory) / f"probe-{os.getpid()}"
    make(path)
    path.unlink()
    return True


def create(path: Path) -> None:
    """Make an empty file."""
    path.open("xb").close()  # not `touch`, which believes a faked `utime` and creates nothing


def close(*descriptors: int) -> bool:
    """Close what could be opened."""
    for descriptor in descriptors:
        os.close(descriptor)
    return True

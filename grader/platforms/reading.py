"""Student files that lie among others, named one by one: read without following a link, and never without end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from grader.submission import Limits

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MOST_BYTES = Limits().max_total_bytes + 1
"""Of all together: one more than may be handed in, so that what is too large is told so and not cut."""


def read_named(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read those of these files that are there; what is no plain file below the folder counts as not there."""
    files: dict[str, bytes] = {}
    left = _MOST_BYTES
    for name in names:
        if is_inside(name) and name not in files and (data := _read(folder / name, left)) is not None:
            files[name] = data
            left -= len(data)
    return files


def is_inside(name: str) -> bool:
    """Tell a name that can only be of a file below the folder that it is looked for in."""
    path = PurePosixPath(name)
    return bool(path.name) and "\0" not in name and not path.is_absolute() and ".." not in path.parts


def _read(path: Path, most: int) -> bytes | None:
    try:
        handle = os.open(path, _FLAGS)
    except OSError:  # not there, or a link, or a socket
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(handle)

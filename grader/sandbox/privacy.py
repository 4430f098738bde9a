"""What file modes alone keep from other users: where there is neither Landlock nor a namespace, nothing else does."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from grader.errors import SandboxError


def assert_private(paths: Iterable[Path]) -> None:
    """Refuse to go on where a worker, which then is any other user, could read what must stay hidden from it."""
    for path in paths:
        if open_to_others(path):
            raise SandboxError(
                f"{path} must stay hidden, and without Landlock and namespaces only its mode hides it, "
                f"but every user may read it: chmod o-rwx {path}"
            )


def open_to_others(path: Path) -> bool:
    """Say whether a user who is neither the owner nor in the group gets at a file, or at what a folder holds."""
    path = path.resolve()
    mode = path.stat().st_mode
    wanted = stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH | stat.S_IWOTH
    return bool(mode & wanted) and all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)

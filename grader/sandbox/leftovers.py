"""What workers leave in places where anybody may write, removed once they have ended.

Only where neither a file system of their own nor Landlock keeps them out of there, and a uid of their own says whose
it is: root in a container on an old kernel. System V objects and message queues they cannot make (`seccomp`).
"""

from __future__ import annotations

import functools
import os
import shutil
import stat
import subprocess
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from grader.sandbox import namespaces

_DEPTH = 3
"""Folders below the root of a file system that are looked at for one where anybody may write."""

_OTHERS_MAY_WRITE = stat.S_IWOTH | stat.S_IXOTH


def possible(layers: Collection[str]) -> bool:
    """Say whether a worker behind these layers can leave files outside its scratch, and they can be told by owner."""
    return "setuid" in layers and not {"namespaces", "landlock"} & set(layers)


def remove(uids: Collection[int]) -> None:
    """Remove what these users, no process of whom is left, own where anybody may write."""
    for path in find(uids):
        with suppress(FileNotFoundError):
            try:
                os.unlink(path)  # noqa: PTH108 - a name may be anything
            except OSError:  # a folder: neither of these follows a link, whatever has come in its place
                try:
                    shutil.rmtree(path)
                except (RecursionError, OSError):
                    subprocess.run(["rm", "-rf", "--", path], check=False, stderr=subprocess.DEVNULL)  # noqa: S603, S607 - see above


def find(uids: Collection[int]) -> list[str]:
    """List what these users own, at the top of it, where anybody may write; no link is followed."""
    found: list[str] = []
    for place in open_places():
        found += _owned(place, uids)
    return found


@functools.cache
def open_places() -> tuple[str, ...]:
    """Find the folders where anybody may write: near the root, and at the top of whatever is mounted.

    Once, and before submitted code runs: what lies in one of them is looked at each time.
    """
    found: set[str] = set()
    for top in {"/", *_mount_points()}:
        found.update(_open_below(top, _DEPTH if top == "/" else 0))
    return tuple(sorted(one for one in found if not any(_lies_in(one, other) for other in found)))


def _mount_points() -> Iterator[str]:
    text = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    yield from (namespaces.unescaped(line.split(" ")[4]) for line in text.splitlines())


def _open_below(folder: str, depth: int) -> Iterator[str]:
    if folder in ("/proc", "/sys") or _lies_in(folder, "/proc") or _lies_in(folder, "/sys"):
        return
    try:
        if _is_open(os.lstat(folder)):
            yield folder
            return
        if depth:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        yield from _open_below(entry.path, depth - 1)
    except OSError:  # not for us, or gone
        return


def _owned(folder: str, uids: Collection[int]) -> Iterator[str]:
    """List what these users own in a folder, and in those of others in it where anybody may write."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    about = entry.stat(follow_symlinks=False)
                    if about.st_uid in uids:
                        yield entry.path
                    elif _is_open(about):
                        waiting.append(entry.path)


def _is_open(about: os.stat_result) -> bool:
    return stat.S_ISDIR(about.st_mode) and about.st_mode & _OTHERS_MAY_WRITE == _OTHERS_MAY_WRITE


def _lies_in(path: str, other: str) -> bool:
    return path != other and path.startswith(other.rstrip("/") + "/")

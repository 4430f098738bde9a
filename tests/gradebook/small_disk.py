"""A file system of a few hundred kilobytes, as a disk that is full soon; and one that cannot be written to."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(place: Path, *, kilobytes: int) -> Iterator[Path]:
    """Mount one at a new folder; only root may."""
    place.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "tmpfs"]
    subprocess.run(["mount", *options, str(place)], check=True)  # noqa: S603, S607 - our own
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S603, S607 - our own


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to a folder, root neither."""
    for options in (["--bind", str(folder), str(folder)], ["-o", "remount,ro,bind", str(folder)]):
        subprocess.run(["mount", *options], check=True)  # noqa: S603, S607 - our own
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - our own

"""Packages built by the command, and their files as they would be on a platform."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.command import MINI, grade

INSTALLED = "/opt/grade/bin/"
"""Where a package expects the grader to be installed."""


def package(platform: str, where: Path, *more: str) -> Path:
    """Build the package of the small assignment, twice, and return its folder; it is the same both times."""
    folders = [where / "package", where / "again"]
    for folder in folders:
        done = grade("package", "mini", "--course", MINI, "--platform", platform, "-o", folder, *more)
        assert (done.code, "keep" in done.out or "give it to nobody" in done.out) == (0, True), done.err
    once, twice = (contents(folder) for folder in folders)
    assert once == twice
    return folders[0]


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hidden(files: dict[str, bytes]) -> list[str]:
    """Name the files that hold something that students may not see."""
    words = (b"check_sum_of_four", b"return 2 * x", b"x.sum().item()")
    return [name for name, data in files.items() if any(word in data for word in words)]


def installed(script: bytes) -> bytes:
    """Let a script find the grader of this environment, in place of one that is installed."""
    assert INSTALLED.encode() in script
    return script.replace(INSTALLED.encode(), f"{Path(sys.executable).parent}/".encode())

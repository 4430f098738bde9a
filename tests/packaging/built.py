"""Packages built by the command, and their files as they would be on a platform, with the grader of this checkout."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.command import MINI, Ran, grade

INSTALLED = "/opt/grade/bin/"
"""Where a package expects the grader to be installed."""

INDEX = "https://torch.example/whl/cpu"


def package(platform: str, where: Path, *more: str, name: str = "package") -> Path:
    """Build the package of the small assignment, twice, and return the first; it is the same both times.

    It is a folder, unless `name` ends as an archive does.
    """
    paths = [where / name, where / f"again-{name}"]
    for path in paths:
        done = grade(
            "package", "mini", "--course", MINI, "--platform", platform, "--torch-index", INDEX, "-o", path, *more
        )
        assert (done.code, "give it to nobody" in done.out) == (0, True), done.err
    once, twice = ((contents(path), modes(path)) if path.is_dir() else path.read_bytes() for path in paths)
    assert once == twice
    return paths[0]


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(folder: Path) -> dict[str, int]:
    """List the modes of all files and folders below a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mode for path in folder.rglob("*")}


def hidden(files: dict[str, bytes]) -> list[str]:
    """Name the files that hold something that students may not see."""
    words = (b"check_sum_of_four", b"return 2 * x", b"x.sum().item()")
    return [name for name, data in files.items() if any(word in data for word in words)]


def installed(script: bytes) -> bytes:
    """Let a script find the grader of this environment, in place of one that is installed."""
    assert INSTALLED.encode() in script
    return script.replace(INSTALLED.encode(), f"{Path(sys.executable).parent}/".encode())


def run(command: Sequence[str | Path], cwd: Path, env: dict[str, str]) -> Ran:
    """Run a script of a package as its platform does; those that name the grader by $GRADE find ours."""
    ours = {"GRADE": shlex.join([sys.executable, "-m", "grader"])}
    ours |= {"MAKELEVEL": "", "MAKEFLAGS": ""}  # no `make test` is above it there
    done = subprocess.run(  # noqa: S603 - our own scripts
        [str(word) for word in command],
        cwd=cwd, env=os.environ | ours | env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def check_image(folder: Path, *, course: bool = True) -> str:
    """See that all that the Dockerfile copies is there, and that it is one for this platform alone; return its text."""
    text = (folder / "Dockerfile").read_text()
    assert not re.search(r"@[{%#]", text)
    assert f'ARG TORCH_INDEX="{INDEX}"' in text
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (folder / source).exists(), source
    assert course == (folder / "course" / "solutions" / "mini" / "checks.py").is_file()
    return text

"""A platform's file tree in a test's folder, and the entry run there as the platform would run it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.command import MINI, Ran, grade
from tests.platforms.made import SECRET

SCRIPT = (str(Path(sys.executable).parent / "grade"),)
"""The command as packages call it: nothing is imported from where the student's files lie."""

_BARE = {"PYTHONPATH": "", "GITHUB_ACTIONS": "", "GITHUB_OUTPUT": "", "GITHUB_STEP_SUMMARY": ""}


def entry(
    platform: str,
    root: Path,
    *words: str | Path,
    course: Path | None = MINI,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = SCRIPT,
) -> Ran:
    """Run `grade platform` in a tree below `root`, where it starts unless `cwd` is given; None names no course."""
    named = () if course is None else ("--course", course)
    return grade(
        "platform", platform, "--root", root, *named, *words,
        command=command, cwd=cwd or root, env=_BARE | dict(env or {}),
    )  # fmt: skip


def gradescope(root: Path, files: Mapping[str, str | bytes], metadata: object = None) -> Path:
    """Lay out what Gradescope's harness does before a run, and return where the result will be."""
    base = root / "autograder"
    fill(base / "submission", files)
    (base / "results").mkdir()
    (base / "run_autograder").touch()
    if metadata is not None:
        text = metadata if isinstance(metadata, str) else json.dumps(metadata)
        (base / "submission_metadata.json").write_text(text)
    return base / "results" / "results.json"


def prairielearn(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Lay out what PrairieLearn mounts, and return where the result will be; its folder is not there."""
    fill(root / "grade" / "student", files)
    fill(root / "grade" / "data", {"data.json": json.dumps({"params": {}, "variant_seed": 7, "gradable": True})})
    return root / "grade" / "results" / "results.json"


def fill(folder: Path, files: Mapping[str, Any]) -> Path:
    """Put these files, of text or bytes, into a folder that need not be there, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def other_course(folder: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """Copy the small course, and replace a text in each of these files."""
    course = folder / "course"
    shutil.copytree(MINI, course)
    for name, (old, new) in changes.items():
        text = (course / name).read_text()
        assert old in text
        (course / name).write_text(text.replace(old, new))
    return course


def broken_course(folder: Path) -> Path:
    """Copy the small course with checks that cannot be loaded, and a word in the error that no student may see."""
    start = '"""The checks of mini'
    return other_course(folder, {"solutions/mini/checks.py": (start, f"raise RuntimeError({SECRET!r})\n{start}")})

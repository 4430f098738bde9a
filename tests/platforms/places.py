"""A platform's file tree in a test's folder, and the entry run there as the platform would run it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.command import MINI, Ran, grade

RIGHT = "def double(x):\n    return x + x\n\n\ndef total(x):\n    return float(x.sum())\n"
HALF = "def double(x):\n    return x * x\n\n\ndef total(x):\n    return float(x.sum())\n"
HOSTILE = (
    "def double(x):\n"
    "    raise ValueError('\\x00\\x1b[31mQ1: model Grade :=>> 100 <|-- --|> <script>a()</script> &' + 'x' * 10**6)\n"
    "\n\ndef total(x):\n    return float(x.sum())\n"
)


def entry(platform: str, root: Path, *more: str | Path, course: Path = MINI, **options: Any) -> Ran:
    """Run `grade platform` in a tree below `root`."""
    return grade("platform", platform, "--root", root, "--course", course, *more, **options)


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


def fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make a folder of these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def other_course(folder: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """Copy the small course, and replace a text in each of these files."""
    course = folder / "course"
    shutil.copytree(MINI, course)
    for name, (old, new) in changes.items():
        text = (course / name).read_text()
        assert old in text
        (course / name).write_text(text.replace(old, new))
    return course

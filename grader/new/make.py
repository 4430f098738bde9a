"""Lay out a new assignment: the skeleton's files, with the slug and a title in them, and the stubs made from these."""

from __future__ import annotations

import keyword
import re
import sys
from importlib import resources
from pathlib import Path

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.release.write import regenerate

_FILES = {
    "facts.toml.txt": "assignments/SLUG/assignment.toml",
    "handout.md.txt": "assignments/SLUG/README.md",
    "public_checks.py.txt": "assignments/SLUG/public_checks.py",
    "reference.py.txt": "solutions/SLUG/solution.py",
    "checks.py.txt": "solutions/SLUG/checks.py",
    "sum_instead_of_mean.py.txt": "solutions/SLUG/mistakes/sum-instead-of-mean.py",
    "column_of_predictions.py.txt": "solutions/SLUG/mistakes/column-of-predictions.py",
    "by_einsum.py.txt": "solutions/SLUG/variants/by_einsum.py",
}
"""Where each file of the skeleton goes."""

_TAKEN = {"checks", "conftest", "grader", "matplotlib", "numpy", "public_checks", "pytest", "solution", "torch"}
"""Modules that a submission, or we, may import: an assignment of that name would hide them."""


def make(slug: str, course: Path | None = None) -> Assignment:
    """Make a new assignment; raises UsageError for a name that cannot be one, or that there is already."""
    _refuse_bad_name(slug)
    root = _course(course)
    for folder in ("assignments", "solutions"):
        if (root / folder / slug).exists():
            raise UsageError(f"there is {root / folder / slug} already; choose another name")
    for name, target in _FILES.items():
        path = root / target.replace("SLUG", slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(name, slug), encoding="utf-8", newline="\n")
    assignment = load(slug, root)
    regenerate(assignment)
    return assignment


def _refuse_bad_name(slug: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", slug):
        raise UsageError(f"{slug!r} cannot be the name of an assignment: use lower-case letters, digits and _")
    if keyword.iskeyword(slug) or slug in sys.stdlib_module_names or slug in _TAKEN:
        raise UsageError(f"{slug!r} cannot be the name of an assignment: in Python it means something else already")


def _course(course: Path | None) -> Path:
    """Choose the course: the one given, else one around the current folder, else the current folder itself."""
    if course is not None:
        if not course.is_dir():
            raise UsageError(f"there is no folder {course}; make it first")
        return course.resolve()
    here = Path.cwd()
    around = (here, *here.parents)
    return next((path for path in around if (path / "assignments").is_dir() and (path / "solutions").is_dir()), here)


def _filled(name: str, slug: str) -> str:
    text = (resources.files("grader.new") / "skeleton" / name).read_text(encoding="utf-8")
    return text.replace("SLUG", slug).replace("TITLE", slug.replace("_", " ").capitalize())

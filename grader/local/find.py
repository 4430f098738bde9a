"""Which assignment a student's file answers: by its name, or by what lies beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import grader
from grader.assignment import FACTS, Assignment, course_folder, known_slugs, load
from grader.errors import UsageError

SUFFIXES = (".py", ".ipynb")


def assignment_of(file: Path, named: str | None) -> Assignment:
    """Find the assignment; raises UsageError, with what would be right, where it is not clear."""
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{file} is no answer to an assignment; give a .py or an .ipynb file")
    if not file.is_file():
        raise UsageError(f"{file} does not exist; give the file that you are working on")
    known = _known(file.absolute().parent)
    if named is not None:
        return load(str(known.get(named, named)))
    if not known:
        raise UsageError(f"there are no assignments here, nor beside {file.name}; name one with --assignment FOLDER")
    meant = _meant(file.stem, known)
    beside = [slug for slug, folder in known.items() if folder == file.absolute().parent]
    candidates = meant or beside
    if len(candidates) != 1:
        which = ", ".join(sorted(candidates or known))
        raise UsageError(f"it is not clear which assignment {file.name} answers; say --assignment with one of: {which}")
    return load(str(known[candidates[0]]))


def _known(folder: Path) -> dict[str, Path]:
    """List the assignments by slug; one that lies beside the file comes before the course's, and that before ours."""
    package = Path(grader.__file__).resolve().parent
    known: dict[str, Path] = {}
    for course in (package, course_folder()):
        known |= {slug: course / "assignments" / slug for slug in known_slugs(course)}
    if (folder / FACTS).is_file():
        known[load(str(folder)).slug] = folder
    return known


def _meant(stem: str, known: Mapping[str, Path]) -> list[str]:
    """Choose by the name of a file: the slug itself, else the slugs that stand in it as words."""
    if stem.lower() in known:
        return [stem.lower()]
    found = [slug for slug in known if re.search(rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z])", stem.lower())]
    return [slug for slug in found if not any(slug != other and slug in other for other in found)]

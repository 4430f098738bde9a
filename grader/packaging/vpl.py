"""The execution files of a Moodle VPL activity, and what its server needs: `spec/platforms.md` section 6.3."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from grader import __version__
from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.archive import zipped
from grader.packaging.own_image import VENV
from grader.packaging.parts import HIDDEN_MODE, course_files, grader_files, rendered
from grader.platforms.settings import PLATFORMS
from grader.report.text import number

_NAME, _ARCHIVE, _FOLDER = "vpl", "grade-course.txt", "course"
_SCRIPTS = ("vpl_run.sh", "vpl_evaluate.sh")


def package(wanted: Wanted) -> Files:
    """Lay out the scripts, the course as text, which every VPL keeps as it is, and the folder for the server."""
    assignment = wanted.assignment
    files = grader_files("jail/")
    values = {
        "slug": assignment.slug,
        "title": assignment.title,
        "max_points": number(assignment.max_points),
        "seconds": number(assignment.platforms.seconds_of(_NAME)),
        "memory_mb": max(assignment.platforms.memory_of(_NAME), assignment.memory_mb),
        "version": __version__,
        "wheel": next(name for name in files if name.endswith(".whl")).removeprefix("jail/"),
        "venv": VENV,
        "archive": _ARCHIVE,
        "folder": _FOLDER,
    }
    files[_ARCHIVE] = Member(base64.encodebytes(zipped(course_files(assignment, _FOLDER))), HIDDEN_MODE)
    for name in (*_SCRIPTS, "README.md"):
        files[name] = Member(rendered(f"vpl/{name}", **values), 0o755 if name in _SCRIPTS else 0o644)
    return files


def then(wanted: Wanted) -> Sequence[str]:
    """Say what the execution server and the activity need."""
    return (
        "Install the grader on the execution server, from the folder jail/; README.md says how.",
        f"Put {', '.join(_SCRIPTS)} and {_ARCHIVE} into the activity's execution files, and keep none when running.",
        f"Set the limits: {PLATFORMS[_NAME].where}.",
        f"Evaluate the solution: it must get the highest grade, for {number(wanted.assignment.max_points)} points.",
    )


PACKAGER = Packager(package, then)

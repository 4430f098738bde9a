"""The execution files of a Moodle VPL activity, and what its server needs: `spec/platforms.md` section 6.3."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.archive import zipped
from grader.packaging.parts import HIDDEN_MODE, course_files, grader_files, rendered, values_of
from grader.platforms.settings import PLATFORMS

_NAME, _ARCHIVE, _FOLDER = "vpl", "grade-course.txt", "course"
_SCRIPTS = ("vpl_run.sh", "vpl_evaluate.sh")


def package(wanted: Wanted) -> Files:
    """Lay out the scripts, the course as text, which every VPL keeps as it is, and the folder for the server."""
    files = grader_files("jail/")
    values = values_of(wanted, _NAME) | {"archive": _ARCHIVE, "folder": _FOLDER}
    files[_ARCHIVE] = Member(base64.encodebytes(zipped(course_files(wanted.assignment, _FOLDER))), HIDDEN_MODE)
    for name in (*_SCRIPTS, "README.md"):
        files[name] = Member(rendered(f"vpl/{name}", **values), 0o755 if name in _SCRIPTS else 0o644)
    return files


def then(_: Wanted) -> Sequence[str]:
    """Say what the execution server and the activity need."""
    return (
        "Install the grader on the execution server, from the folder jail/; README.md says how.",
        f"Put {', '.join(_SCRIPTS)} and {_ARCHIVE} into the activity's execution files, and keep none when running.",
        f"Set the limits: {PLATFORMS[_NAME].where}.",
        "Evaluate the solution: it must get the highest grade.",
    )


PACKAGER = Packager(package, then)

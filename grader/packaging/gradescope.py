"""Gradescope's autograder zip, which Codio takes too: `spec/platforms.md` section 1.

Its files lie at the root of the zip. `setup.sh` runs while the image is built, `run_autograder` for each submission.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.parts import course_files, grader_files, rendered, torch_line, values_of

_SCRIPTS = ("setup.sh", "run_autograder")


def package(wanted: Wanted) -> Files:
    """Lay out the zip: scripts, our wheel, the versions it goes with, and the course."""
    values = values_of(wanted, "gradescope")
    files = grader_files() | course_files(wanted.assignment, "course")
    for name in (*_SCRIPTS, "README.md"):
        mode = 0o755 if name in _SCRIPTS else 0o644
        files[name] = Member(rendered(f"gradescope/{name}", **values), mode)
    return files


def then(wanted: Wanted) -> Sequence[str]:
    """Say how it is uploaded, and where torch will come from."""
    return (
        "Upload it under Configure Autograder, with the newest base image; Python is its own from 3.11 on, else uv's.",
        "Hand in the solution with Test Autograder: it must get all points. README.md in the zip says more.",
        torch_line(wanted.torch_index),
    )


PACKAGER = Packager(package, then, endings=(".zip",))

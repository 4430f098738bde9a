"""Gradescope's autograder zip, which Codio takes too: `spec/platforms.md` section 1.

Its files lie at the root of the zip. `setup.sh` runs while the image is built, `run_autograder` for each submission.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader import __version__
from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.parts import course_files, grader_files, rendered
from grader.report.text import number

_VENV, _COURSE = "/opt/grade", "/opt/grade-course"
_SCRIPTS = ("setup.sh", "run_autograder")


def package(wanted: Wanted) -> Files:
    """Lay out the zip: scripts, our wheel, the versions it goes with, and the course."""
    assignment = wanted.assignment
    grader = grader_files()
    values = {
        "slug": assignment.slug,
        "title": assignment.title,
        "max_points": number(assignment.max_points),
        "seconds": number(assignment.platforms.seconds_of("gradescope")),
        "memory_mb": max(assignment.platforms.memory_of("gradescope"), assignment.memory_mb),
        "version": __version__,
        "wheel": next(name for name in grader if name.endswith(".whl")),
        "torch_index": wanted.torch_index,
        "venv": _VENV,
        "course": _COURSE,
    }
    files = grader | course_files(assignment, "course")
    for name in (*_SCRIPTS, "README.md"):
        mode = 0o755 if name in _SCRIPTS else 0o644
        files[name] = Member(rendered(f"gradescope/{name}", **values), mode)
    return files


def then(wanted: Wanted) -> Sequence[str]:
    """Say how it is uploaded, and where torch will come from."""
    return (
        "Upload it under Configure Autograder, with the newest base image; Python is its own from 3.11 on, else uv's.",
        "Hand in the solution with Test Autograder: it must get all points. README.md in the zip says more.",
        _torch(wanted.torch_index),
    )


def _torch(index: str) -> str:
    if index:
        return f"torch's CPU build will come from {index}."
    return (
        "No --torch-index was given, so the CUDA build of torch may come, several GB: give the index for CPU that the "
        "install page of PyTorch names (…/whl/cpu)."
    )


PACKAGER = Packager(package, then, endings=(".zip",))

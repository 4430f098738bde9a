"""Autolab: what its Autograder page takes, the problems to enter, and an image for Tango."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.archive import tarred
from grader.packaging.container import image_files, torch_line, values_of
from grader.packaging.parts import course_files, rendered
from grader.packaging.rubric import checks_of
from grader.platforms.autolab import problem_of
from grader.report.text import number
from grader.results import CheckResult

_IMAGE = "grade-autolab"
"""It holds no assignment, so that all of them can share it."""


def package(wanted: Wanted) -> Files:
    """Lay out both files of the Autograder page, and what is needed once for Tango."""
    problems = problems_of(checks_of(wanted.assignment))
    wanted = replace(wanted, image=wanted.image or _IMAGE)
    values = values_of(wanted, "autolab") | {"problems": [(name, number(most)) for name, most in problems.items()]}
    files = image_files(wanted, "autolab", "image/", course=False)
    files["autograde.tar"] = Member(tarred(course_files(wanted.assignment, "course")))
    for name in ("autograde-Makefile", "README.md"):
        files[name] = Member(rendered(f"autolab/{name}", **values))
    return files


def problems_of(checks: Iterable[CheckResult]) -> dict[str, float]:
    """Give the most points of each problem, in the order of the checks; what a person grades counts as well."""
    problems: dict[str, float] = {}
    for check in checks:
        name = problem_of(check.covers)
        problems[name] = round(problems.get(name, 0.0) + check.max_points, 6)
    return problems


def then(wanted: Wanted) -> Sequence[str]:
    """Say what is uploaded where."""
    return (
        f"Build {wanted.image or _IMAGE} out of image/ where Tango runs, once for all assignments.",
        "Enter the problems of README.md, letter by letter; then upload autograde.tar and autograde-Makefile.",
        "Hand in the solution: it must get all points.",
        torch_line(wanted.torch_index),
    )


PACKAGER = Packager(package, then)

"""What packages are made of: the course, our wheel, the versions it was tested with, what students get, templates."""

from __future__ import annotations

import json
import shlex
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader import __version__
from grader.assignment import Assignment
from grader.packaging import Files, Member, Wanted
from grader.packaging.rubric import by_person, by_program, checks_of
from grader.packaging.tree import files_below
from grader.packaging.wheel import shipped, wheel
from grader.release.write import HANDOUT
from grader.report.pages import templates_directory
from grader.report.text import number

if TYPE_CHECKING:
    from jinja2 import Environment

VENV, COURSE = "/opt/grade", "/opt/grade-course"
"""Where the grader and the course lie in an image, or on a server."""

HIDDEN_MODE = 0o600
"""Of what students may not see; whoever unpacks it has to close the folders as well."""


def course_files(assignment: Assignment, folder: str) -> Files:
    """Lay out a course with this one assignment, below `folder`: what students get, the solution, the checks.

    The variants stay out, which only an audit runs, and whatever programs leave behind. Raises UsageError for an
    assignment that cannot be graded, and for a link that leads out of it.
    """
    hidden = assignment.checks_path.parent
    assert hidden == assignment.solution_path.parent
    slug = assignment.slug
    files: Files = {}
    for name, data in files_below(assignment.public).items():
        files[f"{folder}/assignments/{slug}/{name}"] = Member(data)
    for name, data in files_below(hidden, without=("variants",)).items():
        files[f"{folder}/solutions/{slug}/{name}"] = Member(data, HIDDEN_MODE)
    return files


def handed_out(assignment: Assignment) -> dict[str, bytes]:
    """Read what students get of an assignment, by name: the stubs, the hand-out, the checks of their own."""
    paths = {name: assignment.public / name for name in (HANDOUT, "public_checks.py")}
    return assignment.stubs() | {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def grader_files(folder: str = "") -> Files:
    """Give our wheel and `constraints.txt`, the versions of all that it needs, which were tested together."""
    name, data = wheel()
    return {f"{folder}{name}": Member(data), f"{folder}constraints.txt": Member(constraints())}


def memory_of(wanted: Wanted, platform: str) -> int:
    """Say how much memory a submission is to find, in MB."""
    return max(wanted.assignment.platforms.memory_of(platform), wanted.assignment.memory_mb)


def image_of(wanted: Wanted) -> str:
    """Name the image that is pulled, or built of the package."""
    return wanted.image or f"grade-{wanted.assignment.slug.lower()}"


def values_of(wanted: Wanted, platform: str) -> dict[str, object]:
    """Give what the templates of any platform name; raises UsageError where the checks cannot be collected.

    `points` are those that the program gives, which is all that a platform hears of; `by_person` are those of checks
    that a person grades.
    """
    assignment = wanted.assignment
    checks = checks_of(assignment)
    return {
        "platform": platform,
        "slug": assignment.slug,
        "title": assignment.title,
        "points": number(by_program(checks)),
        "by_person": number(by_person(checks)),
        "seconds": number(assignment.platforms.seconds_of(platform)),
        "memory_mb": memory_of(wanted, platform),
        "limit_mb": assignment.memory_mb,
        "version": __version__,
        "wheel": wheel()[0],
        "image": image_of(wanted),
        "torch_index": wanted.torch_index,
        "venv": VENV,
        "course": COURSE,
    }


def constraints() -> bytes:
    """Read the versions that were tested together, as pip reads them."""
    return shipped("constraints.txt").read_bytes()


def rendered(template: str, **values: object) -> bytes:
    """Fill in a template of `templates/packages/`, named from there; every value that it names must be given.

    Values stand as `@{ name }`, blocks as `@% if name %@`, comments as `@# ... #@`: nothing that shells, workflows
    or Mustache know. Nothing is escaped but by a filter: `| quote` for a shell, `| json`, `| e` for HTML.
    """
    text = _environment().get_template(template).render(**values)
    return text.replace("\r\n", "\n").encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(  # noqa: S701 - these are scripts and settings, each escaped in its own way
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        variable_start_string="@{", variable_end_string="}",
        block_start_string="@%", block_end_string="%@",
        comment_start_string="@#", comment_end_string="#@",
    )  # fmt: skip
    made.filters["quote"] = lambda value: shlex.quote(str(value))
    made.filters["json"] = json.dumps
    return made


def _template(name: str) -> str:
    return templates_directory().joinpath("packages", *Path(name).parts).read_text(encoding="utf-8")


def torch_line(index: str) -> str:
    """Say where a build will take torch from."""
    if index:
        return f"torch's CPU build will come from {index}."
    return (
        "No --torch-index was given, so the CUDA build of torch may come, several GB: give the index for CPU that the "
        "install page of PyTorch names (…/whl/cpu)."
    )

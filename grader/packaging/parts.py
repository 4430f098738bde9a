"""What packages are made of: the course with one assignment, our wheel, the versions it was tested with, templates."""

from __future__ import annotations

import json
import shlex
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.assignment import Assignment
from grader.packaging import Files, Member
from grader.packaging.tree import files_below
from grader.packaging.wheel import shipped, wheel
from grader.report.pages import templates_directory

if TYPE_CHECKING:
    from jinja2 import Environment

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


def grader_files(folder: str = "") -> Files:
    """Give our wheel and `constraints.txt`, the versions of all that it needs, which were tested together."""
    name, data = wheel()
    return {f"{folder}{name}": Member(data), f"{folder}constraints.txt": Member(constraints())}


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


__all__ = ["HIDDEN_MODE", "constraints", "course_files", "grader_files", "rendered", "wheel"]

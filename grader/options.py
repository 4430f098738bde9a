"""The options that several commands of `grade` share: one name, one type and one meaning wherever they stand.

Each is a decorator, used as `@options.course` is. Where what an option says differs with the command, the decorator is
a function of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

OF_BOTH = "The folder that holds assignments/ and solutions/ (default: this checkout or the current folder)."


def course(help_text: str = OF_BOTH) -> Callable[[Command], Command]:
    """With `--course`: the folder with the assignments."""
    return click.option("--course", type=click.Path(path_type=Path), metavar="DIR", help=help_text)


def output_folder(help_text: str, *, required: bool = False) -> Callable[[Command], Command]:
    """With `--output`: the folder that a command writes into."""
    folder = click.Path(path_type=Path)
    return click.option("-o", "--output", "directory", required=required, type=folder, metavar="DIR", help=help_text)


def output_file(help_text: str) -> Callable[[Command], Command]:
    """With `--output`: the one file that a command writes."""
    path = click.Path(path_type=Path)
    return click.option("-o", "--output", required=True, type=path, metavar="FILE", help=help_text)


def jobs(command: Command) -> Command:
    """With `--jobs`: how many submissions are graded at once."""
    what = "Submissions at the same time (default: the cores)."
    return click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help=what)(command)


def sandbox(help_text: str) -> Callable[[Command], Command]:
    """With `--sandbox`: how much isolation is asked for."""
    levels = click.Choice(["auto", "strict", "off"])
    return click.option("--sandbox", type=levels, default="auto", show_default=True, help=help_text)


def seed(help_text: str) -> Callable[[Command], Command]:
    """With `--seed`: what the random inputs are drawn from."""
    numbers = click.IntRange(0, 2**63 - 1)
    return click.option("--seed", type=numbers, default=0, show_default=True, metavar="N", help=help_text)


def layout(command: Command) -> Command:
    """With `--layout`: how the class was collected."""
    what = "How the class was collected: auto, files, canvas, moodle, gradescope, blackboard, brightspace or nbgrader."
    return click.option(
        "--layout", default="auto", show_default=True, callback=_known_layout, metavar="LAYOUT", help=what
    )(command)


def as_json(command: Command) -> Command:
    """With `--json`: the results for a program."""
    what = "Write one JSON object to standard output, and nothing else."
    return click.option("--json", "as_json", is_flag=True, help=what)(command)


def assignment(help_text: str) -> Callable[[Command], Command]:
    """With `--assignment`: which one is meant, where that is not clear."""
    return click.option("--assignment", metavar="A", help=help_text)


def gradebook(help_text: str) -> Callable[[Command], Command]:
    """With `--gradebook`: the database of the record."""
    return click.option("--gradebook", metavar="URL", help=help_text)


def of_results(command: Command) -> Command:
    """Give a command the options that find results and what they are of."""
    shared = (
        assignment("Which one, where a gradebook holds several."),
        gradebook("Where the record is, if `grade run` was told (default: DIR/gradebook.sqlite)."),
        course("The folder that holds assignments/: title and policy come from there."),
    )
    for option in reversed(shared):
        command = option(command)
    return command


def _known_layout(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    from grader.intake.layouts import known

    return known(name)

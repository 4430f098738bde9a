"""The gaps of an assignment: regions of its solution that students do not get.

    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

In a function, a region becomes `raise NotImplementedError`. Anywhere else that would not import, so there the region
says itself what stands in its place, in one or more lines `### STUB: ...` (in a function it may do so too):

    ### BEGIN SOLUTION
    ### STUB: reflection = ""
    reflection = "What I have seen is ..."
    ### END SOLUTION

A line `### STUB:` with nothing after it leaves nothing. Whatever looks like such a line and is none is an error: the
solution would be given away.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.errors import UsageError

GAP = "raise NotImplementedError"

_MARKER = re.compile(r"\b(BEGIN|END)\b[\s_-]*SOLUTION\b|#\s*STUB\s*:", re.IGNORECASE)


class Mark(StrEnum):
    """The lines that make a region; the last one goes on."""

    BEGIN = "### BEGIN SOLUTION"
    END = "### END SOLUTION"
    STUB = "### STUB:"


@dataclass(frozen=True)
class Region:
    """One gap: the numbers of its first and last line, markers included, and what stands in its place."""

    first: int
    last: int
    indent: str
    stub: tuple[str, ...]


def stub_of(text: str, where: str) -> str:
    """Replace each region by what students get; raises UsageError, with `where` and the line, for what is no region."""
    lines = text.splitlines()
    made: list[str] = []
    done = 0
    for region in regions(text, where):
        made += lines[done : region.first - 1]
        made += [region.indent + line if line else "" for line in region.stub]
        done = region.last
    stub = "\n".join([*made, *lines[done:]]) + "\n"
    _parsed(stub, f"the stub made of {where}")
    return stub


def filled(text: str) -> str:
    """Give the solution as a student would have written it: without the marks."""
    return "".join(line for line in text.splitlines(keepends=True) if not _MARKER.search(line))


def hidden_lines(text: str, where: str) -> set[str]:
    """List what stands in the regions, line by line, without indentation."""
    lines = text.splitlines()
    inside = (line.strip() for region in regions(text, where) for line in lines[region.first : region.last - 1])
    return {line for line in inside if line and not line.startswith(Mark.STUB)}


def regions(text: str, where: str) -> list[Region]:
    """Find the regions in order; there is at least one."""
    tree, lines = _parsed(text, where), text.splitlines()
    found: list[Region] = []
    begun: int | None = None
    for number, mark in _marks(lines, where):
        match mark, begun:
            case (Mark.BEGIN, None):
                begun = number
            case (Mark.BEGIN, int()):
                raise UsageError(f"{where}, line {number}: a region begins inside the one of line {begun}")
            case (Mark.END, int()):
                found.append(_region(lines, begun, number, tree, where))
                begun = None
            case (_, None):
                raise UsageError(f"{where}, line {number}: {mark} stands outside a region")
    if begun is not None:
        raise UsageError(f"{where}, line {begun}: the region that begins here has no {Mark.END}")
    if not found:
        raise UsageError(f"{where}: there is no region {Mark.BEGIN}, so students would get the whole solution")
    return found


def _marks(lines: Sequence[str], where: str) -> Iterator[tuple[int, str]]:
    """Give each mark with the number of its line; what only looks like one is refused."""
    for number, line in enumerate(lines, start=1):
        mark = str(Mark.STUB) if line.strip().startswith(Mark.STUB) else line.strip()
        if mark in tuple(Mark):
            yield number, mark
        elif _MARKER.search(line):
            marks = ", ".join(Mark)
            raise UsageError(f"{where}, line {number}: this is not quite a mark; on a line of its own write {marks}")


def _region(lines: list[str], first: int, last: int, tree: ast.Module, where: str) -> Region:
    indent = _indent(lines[first - 1])
    if _indent(lines[last - 1]) != indent:
        raise UsageError(f"{where}, line {last}: {Mark.END} is indented otherwise than {Mark.BEGIN} of line {first}")
    inside = [line.strip() for line in lines[first : last - 1]]
    if not any(line and not line.startswith("#") for line in inside):
        raise UsageError(f"{where}, line {first}: the region is empty")
    stub = tuple(line.removeprefix(Mark.STUB).removeprefix(" ") for line in inside if line.startswith(Mark.STUB))
    if not stub and not _in_function(tree, first):
        hint = f"a region outside a function needs a line `{Mark.STUB} ...` that says what students get"
        raise UsageError(f"{where}, line {first}: {hint}")
    return Region(first, last, indent, tuple(line for line in stub if line) if stub else (GAP,))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _in_function(tree: ast.Module, line: int) -> bool:
    """Whether a line lies in the body of a function, where a `raise` waits until somebody calls it."""
    within = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and node.lineno < line <= (node.end_lineno or 0)
    ]
    return bool(within) and not isinstance(max(within, key=lambda node: node.lineno), ast.ClassDef)


def _parsed(text: str, where: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise UsageError(f"{where}, line {error.lineno}: {error.msg}") from None

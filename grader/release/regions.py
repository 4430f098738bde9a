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
from dataclasses import dataclass

from grader.errors import UsageError

BEGIN, END, STUB = "### BEGIN SOLUTION", "### END SOLUTION", "### STUB:"
GAP = "raise NotImplementedError"

_MARKER = re.compile(r"\b(BEGIN|END)\b[\s_-]*SOLUTION\b|#\s*STUB\s*:", re.IGNORECASE)


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
    return {line for line in inside if line and not line.startswith(STUB)}


def regions(text: str, where: str) -> list[Region]:
    """Find the regions in order; there is at least one."""
    tree = _parsed(text, where)
    lines = text.splitlines()
    found: list[Region] = []
    begun: int | None = None
    for number, line in enumerate(lines, start=1):
        mark = line.strip()
        if not _MARKER.search(line):
            continue
        at = f"{where}, line {number}"
        if mark == BEGIN:
            if begun is not None:
                raise UsageError(f"{at}: a region begins inside the one of line {begun}")
            begun = number
        elif mark == END:
            if begun is None:
                raise UsageError(f"{at}: a region ends that has not begun")
            found.append(_region(lines, begun, number, tree, where))
            begun = None
        elif not mark.startswith(STUB):
            raise UsageError(f"{at}: this is not quite a mark; write {BEGIN}, {END} or {STUB}, alone on its line")
        elif begun is None:
            raise UsageError(f"{at}: {STUB} stands outside a region")
    if begun is not None:
        raise UsageError(f"{where}, line {begun}: the region that begins here has no {END}")
    if not found:
        raise UsageError(f"{where}: there is no region {BEGIN} ... {END}, so students would get the whole solution")
    return found


def _region(lines: list[str], first: int, last: int, tree: ast.Module, where: str) -> Region:
    indent = _indent(lines[first - 1])
    if _indent(lines[last - 1]) != indent:
        raise UsageError(f"{where}, line {last}: {END} is indented otherwise than {BEGIN} of line {first}")
    inside = [line.strip() for line in lines[first : last - 1]]
    if not any(line and not line.startswith("#") for line in inside):
        raise UsageError(f"{where}, line {first}: the region is empty")
    stub = tuple(line.removeprefix(STUB).strip() for line in inside if line.startswith(STUB))
    if not stub and not _in_function(tree, first):
        raise UsageError(
            f"{where}, line {first}: a region outside a function needs a line `{STUB} ...` that says what students get"
        )
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

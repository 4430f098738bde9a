"""The part of a work that a person reads to decide on a check: what binds the names that it covers, else all of it.

Nothing of a text may be left out unseen: a part is made of whole statements, and only where all of the file parses.
"""

from __future__ import annotations

import ast
import dataclasses
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.report.code import CodeLine, CodeView
from grader.report.listing import cells_of, code_view, texts_of
from grader.report.text import line
from grader.results import Source

_BINDS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_INNER = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(frozen=True)
class Part:
    """Lines of statements, or the whole file, or a sentence why there is neither."""

    name: str = ""
    lines: tuple[CodeLine, ...] = ()
    whole: CodeView | None = None
    said: str = ""


def part_of(source: Source | None, covers: Sequence[str]) -> Part:
    """Find what binds the first of the covered names that is bound at all, by whatever statement at the top level."""
    if source is None:
        return Part(said="No file is on record: none was accepted, or an older version has graded it.")
    cells = {number: cell.lines for number, cell in cells_of(source) if cell.html is None}
    for name in covers:
        lines = tuple(
            dataclasses.replace(one, anchor="")  # several parts may stand in one page
            for number, text in texts_of(source)
            for start, end in _spans(text, name)
            for one in cells.get(number, ())[start - 1 : end]
        )
        if lines:
            return Part(line(source.name), lines)
    return Part(line(source.name), whole=code_view(source, {}))


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """List the first and last lines of the statements that bind a name; of a text that is no Python, all of it."""
    if name not in text:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        yield 1, len(text)
        return
    for statement in body:
        if any(name in _bound(one) for one in _within(statement)):
            decorators = statement.decorator_list if isinstance(statement, _BINDS) else []
            yield min([statement.lineno, *(one.lineno for one in decorators)]), statement.end_lineno or statement.lineno


def _within(statement: ast.stmt) -> Iterator[ast.AST]:
    """List a statement and those in its blocks, but not what a function or a class keeps to itself."""
    left: list[ast.AST] = [statement]
    while left:
        one = left.pop()
        yield one
        if not isinstance(one, _BINDS):
            left += [inner for block in _INNER for inner in _listed(getattr(one, block, ()))]


def _listed(block: object) -> Iterable[ast.AST]:
    return block if isinstance(block, list) else ()


def _bound(one: ast.AST) -> set[str]:
    if isinstance(one, _BINDS):
        return {one.name}
    parts = [part for key, part in ast.iter_fields(one) if key not in _INNER and isinstance(part, ast.AST | list)]
    nodes = (node for part in parts for some in (part if isinstance(part, list) else [part]) for node in ast.walk(some))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}

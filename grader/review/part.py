"""The part of a work that a person reads to decide on a check: what binds the names that it covers, else all of it.

Nothing of a text may be left out unseen: a part is made of whole statements, of what does not parse all is shown, and
what is too long says so.
"""

from __future__ import annotations

import ast
import dataclasses
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.report.code import Cell
from grader.report.listing import cells_of, code_view, texts_of
from grader.report.text import line
from grader.results import Source

_BINDS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_INNER = ("body", "orelse", "finalbody", "handlers", "cases")

_MOST_LINES = 400
"""Lines beside a form; whoever wants more of them is led to the report."""

_NONE = "No file is on record: none was accepted, or an older version has graded it."
_REST = "This is its beginning; the report shows the rest."
_KEPT = "Only the beginning of the file was kept: more may follow there."


@dataclass(frozen=True)
class Part:
    """Cells with the lines of statements, or with all of the file; or none, and `said` tells why."""

    name: str = ""
    cells: tuple[Cell, ...] = ()
    whole: bool = False
    cut: str = ""
    """Says so where there is more of it."""
    said: str = ""


def part_of(source: Source | None, covers: Sequence[str]) -> Part:
    """Find what binds the first of the covered names that is bound at all, by whatever statement at the top level."""
    if source is None:
        return Part(said=_NONE)
    name, view = line(source.name), code_view(source, {})
    if view is None or not view.cells:
        return Part(name, said=f"Nothing of {name} can be shown: it was not accepted, is empty, or is too large.")
    for covered in covers:
        cells = tuple(_binding(source, covered))
        if cells:
            return _beginning(Part(name, cells, cut=_KEPT if source.cut else ""))
    return _beginning(Part(name, view.cells, whole=True, cut=view.cut))


def _beginning(part: Part) -> Part:
    """Keep as many lines as a page has room for."""
    room = _MOST_LINES
    for at, cell in enumerate(part.cells):
        if len(cell.lines) > room:
            begun = (dataclasses.replace(cell, lines=cell.lines[:room], outputs=()),) if room else ()
            return dataclasses.replace(part, cells=(*part.cells[:at], *begun), cut=_REST)
        room -= len(cell.lines)
    return part


def _binding(source: Source, name: str) -> Iterator[Cell]:
    """List the cells that bind a name, with these lines alone."""
    cells = dict(cells_of(source))
    for number, text in texts_of(source):
        wanted = {at for start, end in _spans(text, name) for at in range(start, end + 1)}
        if wanted:
            cell = cells[number]
            yield Cell(cell.title, tuple(one for one in cell.lines if one.number in wanted))


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """List the first and last lines of the statements that bind a name; of a text that is no Python, all of it."""
    if name not in text:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        yield 1, text.count("\n") + 1
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

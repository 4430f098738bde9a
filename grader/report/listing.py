"""The graded file in a page: all of it, a few lines round one, and where the names that checks cover are defined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from grader.report.code import Cell, CodeLine, CodeView, Excerpt, Note, anchor_of, coloured
from grader.report.notebook import notebook_cells, stored_cells
from grader.report.text import block
from grader.results import Place, Source

_AROUND = 2

_DEFINITION = re.compile(r"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE)
"""Of a name at the top level; read by pattern, as a file need not be valid Python."""

_LONG = r"('{3}|\"{3})(?:\\.?|.)*?(?:\1|\Z)"
_SHORT = r"'(?:\\.|[^'\\\n])*'?" + r'|"(?:\\.|[^"\\\n])*"?'
_WORDS = re.compile(rf"#[^\n]*|{_LONG}|{_SHORT}", re.DOTALL)
"""A comment or a string; one without its end goes to the end of the text, or of its line, so no text takes long."""


def code_view(source: Source | None, notes: Mapping[Place, Sequence[Note]]) -> CodeView | None:
    """Show a file with its notes; None where there is nothing to show."""
    if source is None or not source.text:
        return None
    cells = tuple(cells_of(source))
    marked = tuple(_with_notes(cell, number, notes) for number, cell in cells)
    return CodeView(
        name=block(source.name, 200),
        notebook=is_notebook(source),
        cells=marked,
        marked=sum(bool(line.notes) for cell in marked for line in cell.lines),
        cut="The file goes on; this is its beginning." if source.cut else "",
    )


def excerpt_of(source: Source | None, place: Place) -> Excerpt | None:
    """Take the lines round a place; None where the file has no such line."""
    if source is None:
        return None
    for number, cell in cells_of(source):
        if number == place.cell and place.line <= len(cell.lines):
            start = max(0, place.line - 1 - _AROUND)
            lines = cell.lines[start : place.line + _AROUND]
            title = f"{cell.title}, line {place.line}" if number is not None else f"Line {place.line}"
            return Excerpt(title, anchor_of(place), lines)
    return None


def definitions_of(source: Source | None) -> dict[str, Place]:
    """Find where each name is defined last, at the top level: that definition is the one that was graded."""
    found: dict[str, Place] = {}
    if source is None:
        return found
    for number, text in texts_of(source):
        at_line, at = 1, 0
        for match in _DEFINITION.finditer(_without_words(text)):
            at_line, at = at_line + text.count("\n", at, match.start()), match.start()
            found[match[1] or match[2]] = Place(line=at_line, cell=number)
    return found


def _without_words(text: str) -> str:
    """Blank out comments and strings, line by line: an answer in a string may well begin a line with `lr = 0.1`."""
    return _WORDS.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def is_notebook(source: Source) -> bool:
    """Tell a notebook by its name."""
    return source.name.lower().endswith(".ipynb")


def texts_of(source: Source) -> Iterator[tuple[int | None, str]]:
    """List the pieces of code of a file, with the number of the code cell in a notebook."""
    if not is_notebook(source):
        yield None, source.text
        return
    yield from stored_cells(source.text)


@lru_cache(maxsize=4)
def cells_of(source: Source) -> tuple[tuple[int | None, Cell], ...]:
    """Colour a file once for its two pages."""
    if is_notebook(source):
        return tuple(notebook_cells(source.text))
    return ((None, Cell("", coloured(source.text, None))),)


def _with_notes(cell: Cell, number: int | None, notes: Mapping[Place, Sequence[Note]]) -> Cell:
    mine = {place.line: tuple(some) for place, some in notes.items() if place.cell == number}
    if not mine or cell.html is not None:
        return cell
    lines = tuple(
        CodeLine(line.number, line.anchor, line.html, mine[line.number]) if line.number in mine else line
        for line in cell.lines
    )
    return Cell(cell.title, lines, cell.html, cell.outputs)

"""Code as a page shows it: lines coloured by Pygments, in cells, with notes on those that a check is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from grader.report.text import block
from grader.results import Place

if TYPE_CHECKING:
    from markupsafe import Markup

_LONGEST = 10_000
"""Characters of a line that are shown: a text of a thousand words has room; what is longer is data, not code."""

_MOST_COLOURED = 64 * 1024
"""Characters of a text that are coloured, so that no file costs more than the student's own work."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark on a line says: a sentence, and the check it leads to (no anchor: none)."""

    text: str
    anchor: str
    mood: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line; `anchor` is unique in the page."""

    number: int
    anchor: str
    html: Markup
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What stood below a cell of a notebook: one of text, sanitised HTML, a picture as data, or a sentence of ours."""

    text: str = ""
    html: Markup | None = None
    image: str = ""
    label: str = ""
    said: str = ""
    error: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a file: all of a `.py`, or one cell of a notebook; `html` is of a cell that is no code."""

    title: str
    lines: tuple[CodeLine, ...]
    html: Markup | None = None
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeView:
    """A graded file, whole; `cut` says so where it is not."""

    name: str
    notebook: bool
    cells: tuple[Cell, ...]
    marked: int
    cut: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few lines round one that a check is about, and where it stands in the file below."""

    title: str
    anchor: str
    lines: tuple[CodeLine, ...]


def coloured(text: str, cell: int | None) -> tuple[CodeLine, ...]:
    """Colour Python, line by line."""
    from markupsafe import Markup, escape

    lines = [_printable(line) for line in text.removesuffix("\n").split("\n")]
    shown = "\n".join(lines)
    html = _colour()(shown).removesuffix("\n").split("\n") if len(shown) <= _MOST_COLOURED else []
    if len(html) != len(lines):
        html = [str(escape(line)) for line in lines]
    return tuple(
        CodeLine(number, anchor_of(Place(line=number, cell=cell)), Markup(line))  # noqa: S704 - escaped by Pygments
        for number, line in enumerate(html, start=1)
    )


def anchor_of(place: Place) -> str:
    """Name a line within the page."""
    return f"line-{place.line}" if place.cell is None else f"cell-{place.cell}-line-{place.line}"


@cache
def _colour() -> Callable[[str], str]:
    """Load Pygments when a page has code, and not before."""
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonLexer

    lexer, formatter = PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)
    return lambda text: str(highlight(text, lexer, formatter))


def _printable(line: str) -> str:
    """Clean one line of code; what Python does not take for the end of a line is none here."""
    shown = (line if line.isprintable() else block(line, 2 * _LONGEST).replace("\n", " "))[:_LONGEST]
    return f"{shown} … (cut)" if len(line) > _LONGEST else shown

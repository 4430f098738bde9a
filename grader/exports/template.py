"""A table that an LMS has exported, to be filled in: every cell that is not filled stays as it is, to the byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import UsageError
from grader.submission import display_text

DELIMITERS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_MOST = 200_000_000


@dataclass(frozen=True)
class Cell:
    """One cell: what a CSV reader sees, and where it stands in the text."""

    value: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True)
class Template:
    """A table by rows; the first is its header, and no row is blank."""

    called: str
    text: str = field(repr=False)
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    bom: bytes = b""
    codec: str = "utf-8"

    @property
    def header(self) -> list[str]:
        """The titles of the columns, without spaces around them."""
        return [cell.value.strip() for cell in self.rows[0]]

    @property
    def comma(self) -> bool:
        """Whether numbers in it have a decimal comma."""
        return self.delimiter == ";" and any(
            _DECIMAL_COMMA.fullmatch(cell.value.strip()) for row in self.rows[1:] for cell in row
        )

    def value(self, row: int, column: int) -> str:
        """Read a cell; where the row is too short for it, it is empty."""
        cells = self.rows[row]
        return cells[column].value if column < len(cells) else ""

    def number(self, row: int, column: int) -> float | None:
        """Read a cell as a number, with a point or a comma; None where it is none."""
        try:
            return float(self.value(row, column).strip().replace(",", "."))
        except ValueError:
            return None

    def column(self, *titles: str) -> int | None:
        """Find a column by one of its titles, whatever the case."""
        heads = [head.casefold() for head in self.header]
        return next((heads.index(title.casefold()) for title in titles if title.casefold() in heads), None)

    def filled(self, changes: Mapping[tuple[int, int], str]) -> bytes:
        """Write the table with other values in some cells, quoted as they were."""
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), value in changes.items():
            by_row.setdefault(row, {})[column] = value
        pieces, at = [], 0
        for row, values in sorted(by_row.items()):
            cells = self.rows[row]
            for column in sorted(column for column in values if column < len(cells)):
                pieces += [self.text[at : cells[column].start], self._quoted(values[column], cells[column])]
                at = cells[column].end
            beyond = [self._quoted(values.get(one, ""), cells[-1]) for one in range(len(cells), max(values) + 1)]
            pieces += [self.text[at : cells[-1].end], *(self.delimiter + value for value in beyond)]
            at = cells[-1].end
        return self.bom + "".join([*pieces, self.text[at:]]).encode(self.codec)

    def _quoted(self, value: str, old: Cell) -> str:
        if old.quoted or any(mark in value for mark in (self.delimiter, '"', "\r", "\n")):
            return '"' + value.replace('"', '""') + '"'
        return value


def read_template(path: Path) -> Template:
    """Read a table that an LMS has exported; raises `UsageError` for what is none."""
    called = display_text(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise UsageError(f"{display_text(str(path))} cannot be read: {error.strerror}.") from error
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    if len(data) > _MOST or data.startswith(b"PK"):
        raise UsageError(f"{called} is no CSV: give the one that the LMS exports, not a workbook.")
    try:
        text = data[len(bom) :].decode(codec)
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{called} is not in UTF-8: give it as the LMS exports it, or save it as CSV UTF-8."
        ) from error
    fits = [(delimiter, rows) for delimiter in DELIMITERS if (rows := records(text, delimiter))]
    if not fits:
        raise UsageError(f"{called} is no table: give the CSV that the LMS exports.")
    delimiter, rows = max(fits, key=lambda fit: _likeness(fit[1]))
    return Template(called, text, delimiter, tuple(rows), bom, codec)


def records(text: str, delimiter: str) -> list[tuple[Cell, ...]]:
    """Cut a text in rows of cells as a CSV reader does, blank rows aside; none where a quote has no end."""
    cell = re.compile(
        rf'"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"(?P<rest>[^{delimiter}\r\n]*+)|(?!")(?P<plain>[^{delimiter}\r\n]*+)'
    )
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at = 0
    while at < len(text) or row:
        match = cell.match(text, at)
        if match is None:
            return []
        quoted = match["quoted"] is not None
        value = match["quoted"].replace('""', '"') + match["rest"] if quoted else match["plain"]
        row.append(Cell(value, match.start(), match.end(), quoted))
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        if len(row) > 1 or value.strip():
            rows.append(tuple(row))
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return rows


def _likeness(rows: list[tuple[Cell, ...]]) -> tuple[bool, int]:
    """Rank a way to cut: best into the most columns, as many in each of the first rows."""
    first = [len(row) for row in rows[:3]]
    return len(set(first)) == 1 and first[0] > 1, first[0]

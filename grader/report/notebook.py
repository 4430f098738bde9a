"""A notebook as it was handed in, from what the evidence keeps of it: nothing of it may run, load or link.

Markdown is rendered by nbconvert's filter, and HTML, the student's as well as what comes of Markdown, is cleaned by
nh3 down to text, lists and tables. nbconvert's own page of a notebook takes 40 ms, and cannot have lines marked.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from grader.report.code import Cell, Output, coloured
from grader.report.markdown import markdown_html
from grader.report.text import OUTPUT_CAP, block

if TYPE_CHECKING:
    from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "div", "span", "blockquote", "pre", "code", "em", "strong", "b", "i", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
# A heading of theirs would stand among those of the page.
_HEADING = re.compile(r"<(/?)h[1-6]>")
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 40_000_000


class _Stored(msgspec.Struct):
    """One cell as `grader.exhibits` keeps it."""

    kind: Literal["code", "markdown", "raw"]
    source: str
    outputs: list[dict[str, str]] = []


def stored_cells(text: str) -> Iterator[tuple[int | None, str]]:
    """List the code cells of a stored notebook by number, the empty ones too."""
    code = (cell for cell in _stored(text) if cell.kind == "code")
    yield from ((number, cell.source) for number, cell in enumerate(code, start=1))


def notebook_cells(text: str) -> Iterator[tuple[int | None, Cell]]:
    """Show every cell; code cells have a number."""
    number = 0
    for cell in _stored(text):
        if cell.kind == "code":
            number += 1
            outputs = tuple(shown for output in cell.outputs if (shown := _output(output, number)) is not None)
            yield number, Cell(f"Cell {number}", coloured(cell.source, number), outputs=outputs)
        elif cell.kind == "markdown":
            yield None, Cell("", (), html=_rendered(cell.source))
        elif cell.source.strip():
            yield None, Cell("", (), outputs=(Output(text=block(cell.source, OUTPUT_CAP)),))


def clean_html(html: str) -> Markup:
    """Keep text, lists and tables; no link, picture, style, script, name or class comes through."""
    import nh3
    from markupsafe import Markup

    cleaned = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, generic_attribute_prefixes=None)
    return Markup(_HEADING.sub(r"<\1p>", cleaned))  # noqa: S704 - cleaned by nh3


def _stored(text: str) -> list[_Stored]:
    try:
        return msgspec.json.decode(text, type=list[_Stored])
    except msgspec.DecodeError:
        return []


def _output(output: dict[str, str], number: int) -> Output | None:
    for kind, value in output.items():
        match kind:
            case "image/png":
                image = _png(value)
                label = f"A picture below cell {number}, as it was handed in"
                return Output(image=image, label=label) if image else _left_out("picture")
            case "text/html":
                return Output(html=clean_html(value))
            case "text/markdown":
                return Output(html=_rendered(value))
            case "left_out":
                return _left_out("picture")
            case "error" | "text/plain":
                return Output(text=block(value, OUTPUT_CAP), error=kind == "error") if value.strip() else None
    return None


def _left_out(what: str) -> Output:
    return Output(said=f"A {what} that stood here is too large to be shown, or damaged.")


def _png(value: str) -> str:
    """Give a picture as it may stand in a data URI; empty where it is none, or unpacks to too much."""
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        return ""
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    return base64.b64encode(data).decode() if 0 < width * height <= _MOST_PIXELS else ""


def _rendered(text: str) -> Markup:
    return clean_html(markdown_html(text))

"""What the pages show of the graded file itself: its text, and which of its lines an exception passed through."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from grader.checks.session import Loading
from grader.results import Place, Source
from grader.submission import is_notebook

MOST_TEXT = 256 * 1024
"""Characters of a graded file that are kept: nobody reads more, and a gradebook holds ten thousand."""

MOST_LINES = 20_000
"""Lines that are kept, the empty ones too: in a page each is a hundred characters."""

MOST_NOTEBOOK = 10_000_000
"""Bytes of a notebook that is looked into: as objects, hostile JSON takes thirty times its size."""

MOST_IMAGE = 192 * 1024
"""Characters of one picture in the outputs of a notebook, in base64; a larger one is told of and left out."""

_SHOWN = ("text/plain", "text/html", "text/markdown", "image/png")
_CELL = re.compile(r", cell (\d+)\Z")


def source_of(loading: Loading) -> Source:
    """Take the graded file as it was handed in; of a notebook its cells and what stood below them."""
    data = loading.files[loading.main]
    if is_notebook(loading.main):
        return _notebook(loading.main, data)
    text = _with_newlines(data.decode(errors="replace").removeprefix("\ufeff"))
    lines = text[:MOST_TEXT].split("\n")
    cut = len(text) > MOST_TEXT or len(lines) > MOST_LINES + 1  # what ends in a newline has an empty one after it
    return Source(name=loading.main, text="\n".join(lines[:MOST_LINES]) if cut else text, cut=cut)


def places_of(found: Sequence[tuple[str, int]], main: str | None) -> tuple[Place, ...]:
    """Keep the lines that lie in the graded file, each once, the innermost last."""
    places: dict[Place, None] = {}
    for file, line in found:
        cell = _CELL.search(file)
        if main is not None and file in (main, f"{main}{cell.group() if cell else ''}") and line > 0:
            place = Place(line=line, cell=int(cell.group(1)) if cell else None)
            places.pop(place, None)
            places[place] = None
    return tuple(places)


def _notebook(name: str, data: bytes) -> Source:
    """Keep of a notebook what can be shown, as JSON; what is no notebook was rejected before."""
    if len(data) > MOST_NOTEBOOK:
        return Source(name=name, text="[]", cut=True)
    try:
        cells = _decoded(data)["cells"]
        kept, room, lines = [], MOST_TEXT, MOST_LINES
        for cell in cells:
            kept.append(_cell(cell, room))
            room -= len(msgspec.json.encode(kept[-1]))
            lines -= kept[-1]["source"].count("\n") + 1
            if room < 0 or lines < 0:
                return Source(name=name, text=msgspec.json.encode(kept[:-1]).decode(), cut=True)
    except (msgspec.DecodeError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return Source(name=name, text="[]", cut=True)
    return Source(name=name, text=msgspec.json.encode(kept).decode())


def _decoded(data: bytes) -> Any:
    """Read what the kernel does: Jupyter writes NaN, editors a mark in front, and half a pair is allowed."""
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        return json.loads(data.decode("utf-8-sig"))


def _with_newlines(text: str) -> str:
    """End lines as the grader does, so that their numbers are the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cell(cell: dict[str, Any], room: int) -> dict[str, Any]:
    kind = cell.get("cell_type")
    kept: dict[str, Any] = {
        "kind": kind if kind in ("code", "markdown") else "raw",
        "source": _with_newlines(_text(cell.get("source"))),
    }
    if kind == "code":
        kept["outputs"] = [shown for output in cell.get("outputs") or () if (shown := _output(output, room))]
    return kept


def _output(output: dict[str, Any], room: int) -> dict[str, str]:
    """Keep one form of an output: the richest that can be shown safely; `left_out` says what was too large."""
    match output.get("output_type"):
        case "stream":
            return {"text/plain": _text(output.get("text"))[: min(room, 20_000)]}
        case "error":
            return {"error": "\n".join(_text(line) for line in output.get("traceback") or ())[: min(room, 20_000)]}
        case "display_data" | "execute_result":
            bundle = output.get("data") or {}
            for kind in reversed(_SHOWN):
                if kind in bundle:
                    text, most = _text(bundle[kind]), MOST_IMAGE if kind.startswith("image/") else 20_000
                    if len(text) <= min(most, room):
                        return {kind: text}
                    plain = text if kind != "text/html" else _text(bundle.get("text/plain", text))
                    return {"left_out": kind} if kind.startswith("image/") else {"text/plain": plain[:most]}
    return {}


def _text(value: object) -> str:
    text = "".join(str(line) for line in value) if isinstance(value, list) else str(value or "")
    return text.encode("utf-8", "replace").decode()

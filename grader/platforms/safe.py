"""What keeps every answer readable: the rules of `spec/platforms.md`, 11.2, each of which some platform breaks on.

What is written to standard output, and when, is in `entry`; the deadline is `contract.SHARE`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from grader.report.text import block
from grader.results import write_atomic

MOST_CHARACTERS = 90_000
"""Of one string: Gradescope cuts the middle out of what has more than 100,000."""

_DECIMALS = 4


def text(value: str, most: int = MOST_CHARACTERS) -> str:
    """Drop NUL and every other control but newlines and tabs, and cut what is too long."""
    return block(value, most - len(" … (cut)"))


def number(value: float) -> float:
    """Round to what is worth showing; raises ValueError for what is no number, which must never pass for one."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no score")
    return round(float(value), _DECIMALS) + 0.0


def fraction(score: float, most: float) -> float:
    """Give the share of the points that were had, from 0 to 1; where there are none to be had, 0."""
    return number(min(1.0, max(0.0, score / most))) if most > 0 else 0.0


def whole(points: float, scale: int) -> int:
    """Give points as a whole number, after they were multiplied, half up."""
    return int((Decimal(str(points)) * scale + Decimal("0.5")).to_integral_value(ROUND_FLOOR))


def encode(value: object) -> bytes:
    """Encode as strict JSON in ASCII, in one line; every string and number in it is made safe."""
    return json.dumps(_safe(value), allow_nan=False, ensure_ascii=True).encode()


def _safe(value: object) -> object:
    match value:
        case bool() | int() | None:
            return value
        case float():
            return number(value)
        case str():
            return text(value)
        case Mapping():
            return {text(str(name)): _safe(one) for name, one in value.items()}
        case Sequence():
            return [_safe(one) for one in value]
    raise TypeError(f"{type(value).__name__} is nothing that a platform is told")


def fragment(parts: Iterable[Element]) -> str:
    """Write HTML that is XML too, below one `<div>`: no script, nothing from outside, everything escaped."""
    root = Element("div")
    root.extend(parts)
    return tostring(root, encoding="unicode")


def element(tag: str, content: str | Iterable[Element]) -> Element:
    """Make an element of a text, or of other elements."""
    made = Element(tag)
    if isinstance(content, str):
        made.text = text(content)
    else:
        made.extend(content)
    return made


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Element:
    """Make a table of texts."""
    made = Element("table")
    for tag, cells in (("th", heads), *(("td", row) for row in rows)):
        line = SubElement(made, "tr")
        line.extend(element(tag, cell) for cell in cells)
    return made


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and its folder where that is not there."""
    write_atomic(path, data)


def clear(paths: Iterable[Path]) -> None:
    """Remove what an earlier run has left: a stale result would be taken for this one's.

    Raises OSError for the first that cannot be removed, when all others are.
    """
    failed = []
    for path in paths:
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            failed.append(error)
    if failed:
        raise failed[0]

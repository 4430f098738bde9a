"""What keeps every answer readable: the ten rules of `spec/platforms.md`, 11.2, each of which some platform breaks on.

 1 whole or not at all           `put`
 2 strict JSON, no long string   `encode`, `text`
 3 the result last and alone     `entry`, which owns the streams
 4 no marker of the platform's   `quiet` for a log of GitHub's; Autolab's and VPL's are known in their own modules
 5 the code says whether         `contract.Reply.code`, and a place that cannot be written to, `entry`
 6 an own deadline               `contract.SHARE`
 7 no stale result               `clear`
 8 HTML that is XML too          `fragment`
 9 within the size of a file     `fitting`, `cut`; pictures are told in words alone
10 numbers worth showing         `number`, `fraction`, `whole`
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from grader.report.text import block
from grader.results import write_atomic

MOST_CHARACTERS = 90_000
"""Of one string: Gradescope cuts the middle out of what has more than 100,000."""

_DECIMALS = 4

_STEPS = (2_000, 400, 100, 0)
"""How many characters each text may have in an answer that has to be fitted; tried one after the other."""


def text(value: str, most: int = MOST_CHARACTERS) -> str:
    """Drop NUL and every other control but newlines and tabs, and cut what is too long."""
    return block(value, most - len(" … (cut)"))


def cut(value: str, most: int) -> str:
    """Keep so many characters of a text, and none where it may have none."""
    return text(value, most) if most > 0 else ""


def fitting(make: Callable[[int], bytes], most: int) -> bytes:
    """Make an answer with as many characters for each text as fit into `most` bytes; in the end with none.

    The same things are said, each in fewer characters. What is too large even so is returned as it is.
    """
    data = b""
    for characters in _STEPS:
        data = make(characters)
        if len(data) <= most:
            break
    return data


def quiet(value: str) -> str:
    """Keep a text that ends in a log of GitHub's from being a command there, such as a note with a score of its own."""
    return text(value).replace("::", ": :").replace("##[", "# #[")


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

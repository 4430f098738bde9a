"""Pictures as SVG that stands in a page: its colours follow the page, its words are there for who does not see it.

Not by matplotlib: a figure of it takes 60 ms, brings its own fonts and colours, and knows no dark page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from grader.pictures import Picture
from grader.report.drawing.sentence import sentence_of
from grader.report.drawing.svg import KeyEntry, key_of, svg_of
from grader.report.text import line

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture: its SVG, what the lines in it are, and what it shows in a sentence or two."""

    title: str
    svg: Markup
    key: tuple[KeyEntry, ...]
    text: str


def drawings_of(
    pictures: Iterable[Picture], checks: Iterable[str], *, reference: bool
) -> dict[str, tuple[Drawing, ...]]:
    """Draw the pictures of these checks, by the id of the check.

    Without `reference`, what the solution gives is left out before anything is made of the numbers.
    """
    wanted, drawn = set(checks), dict[str, list[Drawing]]()
    for picture in pictures:
        if picture.check in wanted:
            shown = picture if reference else _without_reference(picture)
            if any(one.role == "student" for one in shown.series):
                drawn.setdefault(picture.check, []).append(_drawn(shown))
    return {check: tuple(some) for check, some in drawn.items()}


def _without_reference(picture: Picture) -> Picture:
    return msgspec.structs.replace(picture, series=tuple(one for one in picture.series if one.role != "reference"))


def _drawn(picture: Picture) -> Drawing:
    text = sentence_of(picture)
    return Drawing(line(picture.title), svg_of(picture, text), key_of(picture), text)

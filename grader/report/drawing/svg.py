"""The SVG of a picture: classes alone, no style, so that the page's sheet decides on colours, light or dark.

Lines are told apart by colour, by their dashes, and by the key below the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.pictures import Picture, Series
from grader.report.drawing.png import png_of
from grader.report.drawing.scale import Axis, axes_of, ticks_of
from grader.report.text import line

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 400, 50, 10, 10, 40
_HEIGHT, _SQUARE = 200, 320
_KINDS = 6
"""Kinds of lines that can be told apart; the seventh looks like the first."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of the key: the class of the series, and what it is."""

    kind: str
    label: str


def key_of(picture: Picture) -> tuple[KeyEntry, ...]:
    """List the series with their names."""
    return tuple(KeyEntry(kind, line(one.label, 60)) for kind, one in _kinds(picture))


def svg_of(picture: Picture, text: str) -> Markup:
    """Draw a picture; `text` is what it shows, in words."""
    from markupsafe import Markup, escape

    height = _SQUARE if picture.square else _HEIGHT
    width = height if picture.square else _WIDTH - _LEFT - _RIGHT
    left = (_WIDTH - width) // 2 + 12 if picture.square else _LEFT
    x, y = axes_of(picture, width, height)
    parts = [
        f'<svg class="drawn" viewBox="0 0 {_WIDTH} {height + _TOP + _BOTTOM}" role="img" aria-label="{escape(text)}">',
        *_grid(picture, x, y, left, height),
        f'<svg x="{left}" y="{_TOP}" width="{width}" height="{height}">',
        *(_background(picture, width, height)),
        *_shade(picture, x, y),
        *(shape for kind, one in _kinds(picture) for shape in _shapes(kind, one, picture, x, y)),
        *_spots(picture, x, y),
        "</svg>",
        *_names(picture, left, width, height),
        "</svg>",
    ]
    return Markup("\n".join(parts))  # noqa: S704 - numbers of ours, and words that were escaped


def _kinds(picture: Picture) -> Iterator[tuple[str, Series]]:
    student = 0
    for one in picture.series:
        if one.role == "student":
            yield f"k{student % _KINDS}", one
            student += 1
        else:
            yield one.role, one


def _grid(picture: Picture, x: Axis, y: Axis, left: float, height: float) -> Iterator[str]:
    from markupsafe import escape

    for value, label in ticks_of(y, 5):
        at = _TOP + height - y.at(value)
        yield f'<path class="grid" d="M{left} {at:.1f}h{x.length:.0f}"/>'
        yield f'<text class="end" x="{left - 6}" y="{at + 4:.1f}">{escape(label)}</text>'
    marks = [(float(at), line(name, 24)) for at, name in enumerate(picture.ticks)] or ticks_of(x)
    for value, label in marks:
        at = left + x.at(value)
        if not picture.ticks:
            yield f'<path class="grid" d="M{at:.1f} {_TOP}v{height}"/>'
        yield f'<text class="mid" x="{at:.1f}" y="{_TOP + height + 16}">{escape(label)}</text>'


def _names(picture: Picture, left: float, width: float, height: float) -> Iterator[str]:
    from markupsafe import escape

    yield f'<rect class="frame" x="{left}" y="{_TOP}" width="{width}" height="{height}"/>'
    if picture.x_label:
        below = f'x="{left + width / 2}" y="{_TOP + height + 34}"'
        yield f'<text class="mid name" {below}>{escape(line(picture.x_label, 60))}</text>'
    if picture.y_label:
        turned = f'transform="rotate(-90)" x="{-(_TOP + height / 2)}" y="{left - 38}"'
        yield f'<text class="mid name" {turned}>{escape(line(picture.y_label, 40))}</text>'


def _background(picture: Picture, width: float, height: float) -> Iterator[str]:
    if picture.field is not None:
        data = f"data:image/png;base64,{png_of(picture.field)}"
        yield f'<image width="{width}" height="{height}" preserveAspectRatio="none" href="{data}"/>'


def _shade(picture: Picture, x: Axis, y: Axis) -> Iterator[str]:
    """Fill what lies between the student's curve and the reference, where both are whole and have the same places."""
    mine = [one for one in picture.series if one.role == "student"]
    reference = next((one for one in picture.series if one.role == "reference"), None)
    if reference is None or len(mine) != 1 or mine[0].x != reference.x or mine[0].form != "line":
        return
    if None in mine[0].x or None in mine[0].y or None in reference.y:
        return
    there = _points(mine[0], x, y)
    back = _points(reference, x, y)
    corners = [point for point in (*there, *reversed(back)) if point is not None]
    yield f'<path class="gap" d="M{" ".join(f"{px:.1f} {py:.1f}" for px, py in corners)}z"/>'


def _shapes(kind: str, series: Series, picture: Picture, x: Axis, y: Axis) -> Iterator[str]:
    if series.form == "bars":
        yield from _bars(kind, series, picture, x, y)
        return
    points = _points(series, x, y)
    if series.form == "dots":
        dots = "".join(f"M{px:.1f} {py:.1f}h0" for px, py in filter(None, points))
        yield f'<path class="dots {kind}" d="{dots}"/>'
        return
    path = _path(points)
    if picture.field is not None:
        yield f'<path class="halo" d="{path}"/>'
    yield f'<path class="curve {kind}" d="{path}"/>'
    known = [point for point in points if point is not None]
    if picture.square and known:
        (sx, sy), (ex, ey) = known[0], known[-1]
        yield f'<circle class="from {kind}" cx="{sx:.1f}" cy="{sy:.1f}" r="4"/>'
        yield f'<circle class="to {kind}" cx="{ex:.1f}" cy="{ey:.1f}" r="4"/>'


def _bars(kind: str, series: Series, picture: Picture, x: Axis, y: Axis) -> Iterator[str]:
    groups = [one for one in picture.series if one.form == "bars"]
    wide = (x.at(1) - x.at(0)) * 0.8 / len(groups)
    shift = (groups.index(series) - len(groups) / 2) * wide
    for place, value in zip(series.x, series.y, strict=True):
        if place is not None and value is not None:
            top, foot = sorted((y.length - y.at(value), y.length - y.at(0.0)))
            place_of = f'x="{x.at(place) + shift:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{foot - top:.1f}"'
            yield f'<rect class="block {kind}" {place_of}/>'


def _spots(picture: Picture, x: Axis, y: Axis) -> Iterator[str]:
    from markupsafe import escape

    for spot in picture.spots:
        at, up = x.at(spot.x), y.length - y.at(spot.y)
        yield f'<path class="spot" d="M{at - 5:.1f} {up:.1f}h10M{at:.1f} {up - 5:.1f}v10"/>'
        yield f'<text class="spot mid" x="{at:.1f}" y="{up - 9:.1f}">{escape(line(spot.label, 30))}</text>'


def _points(series: Series, x: Axis, y: Axis) -> list[tuple[float, float] | None]:
    return [
        None if px is None or py is None or (y.log and py <= 0) else (x.at(px), y.length - y.at(py))
        for px, py in zip(series.x, series.y, strict=True)
    ]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """Join the points; a gap ends a line, and a point between two gaps is a dot."""
    parts: list[str] = []
    broken = True
    for at, point in enumerate(points):
        if point is not None:
            lone = broken and (at + 1 == len(points) or points[at + 1] is None)
            parts.append(f"{'M' if broken else 'L'}{point[0]:.1f} {point[1]:.1f}{'h0' if lone else ''}")
        broken = point is None
    return "".join(parts)

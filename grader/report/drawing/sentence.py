"""What a picture shows, in words: for who does not see it, and as its caption for everybody."""

from __future__ import annotations

import math

from grader.pictures import Picture, Series
from grader.report.drawing.scale import numbers, short
from grader.report.text import line

_LONGEST = 2000

_ALIKE = 2e-3
"""Of the height of a curve: less than that cannot be seen."""


def sentence_of(picture: Picture) -> str:
    """Say what is to be seen."""
    mine = [one for one in picture.series if one.role == "student"]
    if picture.square:
        said = _of_paths(picture, mine)
    elif picture.ticks:
        said = _of_bars(picture, mine)
    elif picture.log_y:
        said = _of_losses(picture, mine)
    else:
        said = _of_curves(picture, mine)
    if any(None in one.y for one in mine):
        said += " Where there is no finite number, there is a gap."
    return line(f"{picture.title}: {said}", _LONGEST)


def _of_curves(picture: Picture, mine: list[Series]) -> str:
    reference = next((one for one in picture.series if one.role == "reference"), None)
    over = " over the data" if any(one.role == "data" for one in picture.series) else ""
    first = mine[0]
    xs, ys = numbers(first.x), numbers(first.y)
    span = f"from {short(min(xs))} to {short(max(xs))}" if xs else "without a place"
    if reference is not None and reference.x == first.x:
        return f"{first.label}{over} and the reference, {span}; {_difference(first, reference)}"
    if not ys:
        return f"{first.label}{over} has no finite value."
    return f"{first.label}{over}, {span}, with values from {short(min(ys))} to {short(max(ys))}."


def _difference(mine: Series, reference: Series) -> str:
    known = [
        (abs(one - other), x)
        for x, one, other in zip(mine.x, mine.y, reference.y, strict=True)
        if x is not None and one is not None and other is not None
    ]
    if not known:
        return "there is nothing to compare."
    most, where = max(known)
    heights = numbers(reference.y)
    if most <= _ALIKE * ((max(heights) - min(heights)) or 1.0):
        return "the two cannot be told apart."
    return f"they differ most at {short(where)}, by {short(most)}."


def _of_losses(picture: Picture, mine: list[Series]) -> str:
    limit = next((numbers(one.y)[0] for one in picture.series if one.role == "limit" and numbers(one.y)), None)
    return " ".join(_of_loss(one, limit) for one in mine)


def _of_loss(series: Series, limit: float | None) -> str:
    known = [(x, y) for x, y in zip(series.x, series.y, strict=True) if x is not None and y is not None]
    if not known:
        return f"{series.label} has no finite value."
    ys = [y for _, y in known]
    steps = short(known[-1][0])  # where it is no number any more, nothing of it is told
    said = f"{series.label} goes from {short(ys[0])} to {short(ys[-1])} in {steps} epochs"
    if limit is None:
        return f"{said}."
    below = (x for x, y in zip(series.x, series.y, strict=True) if x is not None and y is not None and y <= limit)
    first = next(below, None)
    reached = f"is reached by epoch {short(first)}" if first is not None else "is never reached"
    return f"{said}; {short(limit)} {reached}."


def _of_paths(picture: Picture, mine: list[Series]) -> str:
    said = []
    for one in mine:
        ends = [(x, y) for x, y in zip(one.x, one.y, strict=True) if x is not None and y is not None]
        if not ends:
            said.append(f"{one.label} has no finite point.")
            continue
        x, y = ends[-1]
        near = min(picture.spots, key=lambda spot: math.hypot(spot.x - x, spot.y - y), default=None)
        beside = f", {short(math.hypot(near.x - x, near.y - y))} from {line(near.label)}" if near else ""
        said.append(f"{one.label} goes from {_point(*ends[0])} to {_point(x, y)}{beside}.")
    return " ".join(said)


def _of_bars(picture: Picture, mine: list[Series]) -> str:
    values = ((tick, y) for tick, y in zip(picture.ticks, mine[0].y, strict=False))
    return ", ".join(f"{line(tick)} has {'no finite value' if y is None else short(y)}" for tick, y in values) + "."


def _point(x: float, y: float) -> str:
    return f"({short(x)}, {short(y)})"

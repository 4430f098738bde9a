"""What is to be found of a curve in a figure, whatever its colours, its markers and what else is drawn.

It says how a wrong line is wrong, so that one mistake can be told from another: which rows were drawn, joined by a
line or not, with x and y exchanged, scaled, or column by column.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch

from grader.checks.figures import Figure, Line

NO_LINE = ("None", "none", " ", "")
"""How matplotlib writes that the points of a line are not joined."""

_MOST_POINTS = 1000
"""A line of more points is not searched for those of a curve."""

Trace = tuple[str, str, tuple[int, ...]]
"""Something that shows a curve: a line or markers, in which way, and by which of its rows."""


def traces_of(figure: Figure, points: torch.Tensor, *, atol: float) -> tuple[Trace, ...]:
    """List everything in a figure that shows the points `(n, 2)` of a curve or some of them, in a fixed order.

    A single point (marks at start and end) counts only where nothing more is there.
    """
    wanted = points.to(torch.float64)
    found = {
        (kind, way, rows)
        for kind, drawn in _drawn(figure)
        if 0 < len(drawn) <= _MOST_POINTS
        for way, rows in _ways(drawn, wanted, atol)
    }
    longer = {trace for trace in found if len(trace[2]) > 1}
    return tuple(sorted(longer or found))


def is_bare(figure: Figure) -> bool:
    """Whether a figure has neither a line nor a point in it."""
    return not any(True for _ in _drawn(figure))


def is_joined(line: Line) -> bool:
    """Whether a line is drawn in data coordinates, and as a line: markers alone are none."""
    return line.data_space and line.linestyle not in NO_LINE


def _drawn(figure: Figure) -> Iterator[tuple[str, torch.Tensor]]:
    for axes in figure.axes:
        for line in (*axes.lines, *axes.parts):
            if line.data_space:
                yield ("line" if is_joined(line) else "markers"), line.points
        for scattered in axes.points:
            yield "markers", scattered.offsets


def _ways(drawn: torch.Tensor, wanted: torch.Tensor, atol: float) -> Iterator[tuple[str, tuple[int, ...]]]:
    for way, points in (("as it is", wanted), ("exchanged", wanted.flip(1))):
        rows = _rows(drawn, points, atol)
        if rows:
            yield way, rows
        elif _is_scaled(drawn, points):
            yield f"{way}, scaled", tuple(range(len(points)))
    if len(drawn) == 2 and (rows := _rows(drawn.T, wanted, atol)):
        yield "rows for columns", rows
    if len(drawn) == len(wanted):
        number = torch.arange(len(wanted), dtype=torch.float64)
        for column in (0, 1):
            over_number = torch.stack([number, wanted[:, column]], dim=1)
            if bool(((drawn - over_number).abs() <= atol).all()):
                yield f"column {column} over its number", tuple(range(len(wanted)))


def _rows(drawn: torch.Tensor, points: torch.Tensor, atol: float) -> tuple[int, ...]:
    """Say which row each point is; nothing where one is no row."""
    if not len(points):
        return ()
    gap = (drawn[:, None, :] - points[None, :, :]).abs().amax(2)
    nearest = gap.min(dim=1)
    return tuple(nearest.indices.tolist()) if bool((nearest.values <= atol).all()) else ()


def _is_scaled(drawn: torch.Tensor, points: torch.Tensor) -> bool:
    """Whether each coordinate is a multiple of the curve's, but for a shift: pixels in place of numbers, say."""
    if drawn.shape != points.shape or len(points) < 4:
        return False
    a, b = drawn - drawn.mean(0), points - points.mean(0)
    size = (b * b).sum(0)
    if not bool((size > 0).all()):
        return False
    factor = (a * b).sum(0) / size
    return bool(((a - factor * b).abs().amax(0) <= 1e-3 * a.abs().amax(0)).all() and (factor.abs() > 0).all())

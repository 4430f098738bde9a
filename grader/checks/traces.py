"""What is to be found of a curve in a figure, whatever its colors, its markers and what else is drawn.

It says how a wrong line is wrong, so that one mistake can be told from another: which rows were drawn, joined by a
line or not, with x and y exchanged, scaled, or column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from grader.checks.figures import Figure, Line

_MOST_POINTS = 1000
"""A line of more points is not searched for those of a curve."""

Trace = tuple[str, str, tuple[int, ...]]
"""Something that shows a curve: a line or markers, in which way, and by which of its rows, in order."""


def traces_of(figure: Figure, lines: Sequence[Line], points: torch.Tensor, *, atol: float) -> tuple[Trace, ...]:
    """List what shows the points `(n, 2)` of a curve or some of them, among these lines and the figure's markers.

    What shows no more than a line does is left out, and a single point (a mark at the start, say) beside anything else.
    """
    wanted = points.to(torch.float64)
    found = {
        (kind, way, rows)
        for kind, drawn in (*(("line", line.points) for line in lines), *(("markers", at) for at in _markers(figure)))
        if 0 < len(drawn) <= _MOST_POINTS
        for way, rows in _ways(drawn, wanted, atol)
    }
    whole = {trace for trace in found if not any(_shows_more(other, trace) for other in found)}
    return tuple(sorted({trace for trace in whole if len(trace[2]) > 1} or whole))


def is_bare(figure: Figure) -> bool:
    """Whether a figure has neither a line, hidden ones included, nor a point in it."""
    lines = any(line.data_space for axes in figure.axes for line in (*axes.lines, *axes.parts))
    return not lines and not any(axes.points for axes in figure.axes)


def _markers(figure: Figure) -> Iterator[torch.Tensor]:
    for axes in figure.axes:
        yield from (line.points for line in axes.lines if line.data_space)
        yield from (scattered.offsets for scattered in axes.points)


def _shows_more(one: Trace, other: Trace) -> bool:
    """Whether one trace makes another one needless: a line that goes through all of its rows, and is not just it."""
    return one != other and one[0] == "line" and one[1] == other[1] and set(one[2]) >= set(other[2])


def _ways(drawn: torch.Tensor, wanted: torch.Tensor, atol: float) -> Iterator[tuple[str, tuple[int, ...]]]:
    everything = tuple(range(len(wanted)))
    for way, points in (("as it is", wanted), ("exchanged", wanted.flip(1))):
        rows = _rows(drawn, points, atol)
        if rows:
            yield way, rows
        elif _is_scaled(drawn, points):
            yield f"{way}, scaled", everything
    if len(drawn) == 2 and (rows := _rows(drawn.T, wanted, atol)):
        yield "rows for columns", rows
    if len(drawn) == len(wanted):
        number = torch.arange(len(wanted), dtype=torch.float64)
        for column in (0, 1):
            over_number = torch.stack([number, wanted[:, column]], dim=1)
            if bool(((drawn - over_number).abs() <= atol).all()):
                yield f"column {column} over its number", everything


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

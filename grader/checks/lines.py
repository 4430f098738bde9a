"""Checks on the lines of a figure: through which points they go, and what they are called."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import torch

from grader.checks.figures import Axes, Color, Entry, Figure, Line
from grader.checks.sight import seen_lines
from grader.checks.traces import is_bare, traces_of
from grader.errors import CheckFailed


def lines_of(figure: Figure) -> list[Line]:
    """List the lines that a person sees: each piece that is drawn in one go, and what pieces end to end make up.

    Pieces that follow each other, or that have one color and follow each other among those of that color, are one
    line where each begins at the end of the one before, as where every step is plotted by itself.
    """
    return [line for _, line in drawn_lines(figure)]


@functools.lru_cache(maxsize=2)
def drawn_lines(figure: Figure) -> tuple[tuple[Axes, Line], ...]:
    """List the lines of `lines_of`, each with its axes; several checks look at one figure."""
    found: dict[int, list[Line]] = defaultdict(list)
    for axes, line in seen_lines(figure):
        found[id(axes)] += _pieces(line)
    lines: list[tuple[Axes, Line]] = []
    for axes in figure.axes:
        pieces = found[id(axes)]
        of_color: dict[Color, list[Line]] = defaultdict(list)
        for piece in pieces:
            of_color[piece.color].append(piece)
        joined = [line for row in (pieces, *of_color.values()) for line in _joined(row)]
        lines += [(axes, line) for line in (*pieces, *joined)]
    return tuple(lines)


def _pieces(line: Line) -> Iterator[Line]:
    """Cut a line where NaN interrupts it, as at the end of a column that is shorter than others."""
    there = ~(line.x.isnan() | line.y.isnan())
    if bool(there.all()):
        yield line
        return
    edges = torch.diff(torch.cat([torch.zeros(1), there.double(), torch.zeros(1)]))
    for start, end in zip((edges == 1).nonzero().flatten(), (edges == -1).nonzero().flatten(), strict=True):
        yield replace(line, x=line.x[start:end], y=line.y[start:end])


def _joined(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that pieces make up, where each begins at the end of the one before."""
    rows: list[list[Line]] = []
    for piece in pieces:
        if not piece.x.numel():
            continue
        if rows and torch.equal(rows[-1][-1].points[-1], piece.points[0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        if len(row) > 1:
            x, y = torch.cat([row[0].points[:1], *(piece.points[1:] for piece in row)]).T
            yield replace(row[0], x=x, y=y)


def lines_through(lines: Iterable[Line], points: torch.Tensor, *, atol: float) -> list[Line]:
    """Find the lines with exactly these points `(n, 2)`, in this order."""
    wanted = points.to(torch.float64)
    same = [line for line in lines if line.x.numel() == len(wanted)]
    return [line for line in same if bool(((line.points - wanted).abs() <= atol).all())]


def assert_lines_through(figure: Figure, curves: Mapping[str, torch.Tensor], *, atol: float) -> None:
    """Assert that each curve `(n, 2)` is a line through its exact points; other lines are no fault."""
    lines = lines_of(figure)
    for name, points in curves.items():
        if lines_through(lines, points.flip(1), atol=atol):
            hint, fact = "ax.plot(path[:, 0], path[:, 1])", _fact_of_lines(figure, lines, curves, atol)
            raise CheckFailed(f"The line of {name!r} has x and y exchanged.", hint=hint, fact=fact)
        if lines_through(lines, points, atol=atol):
            continue
        hint = "Plot every row as it is: ax.plot(path[:, 0], path[:, 1], label=name)"
        if any(p.offsets.shape == points.shape for axes in figure.axes for p in axes.points):
            hint = "scatter draws points alone; ax.plot joins them by a line."
        hidden = [line for axes in figure.axes for line in (*axes.lines, *axes.parts)]
        if lines_through(hidden, points, atol=atol):
            hint = "There is one, but nobody can see it: is it transparent, under the heatmap, or outside the axes?"
        fact = _fact_of_lines(figure, lines, curves, atol)
        raise CheckFailed(f"No line goes through the {len(points)} points of {name!r}.", hint=hint, fact=fact)


def _fact_of_lines(figure: Figure, lines: Sequence[Line], curves: Mapping[str, torch.Tensor], atol: float) -> object:
    """Say what is to be found of each curve; None where there are lines, but of none of the curves."""
    traces = tuple(traces_of(figure, lines, points, atol=atol) for points in curves.values())
    return traces if any(traces) or is_bare(figure) else None


def assert_no_line_through(figure: Figure, curves: Mapping[str, torch.Tensor], *, atol: float, hint: str) -> None:
    """Assert that none of these curves is drawn, such as those of an earlier call."""
    lines = lines_of(figure)
    for name, points in curves.items():
        if lines_through(lines, points, atol=atol):
            raise CheckFailed(f"A line goes through the points of {name!r}, which was not to be drawn.", hint=hint)


def assert_drawn(figure: Figure, curves: Mapping[str, torch.Tensor]) -> None:
    """Assert that something of the curves is drawn, rightly or not: two points of one of them, exchanged or apart."""
    drawn = [line.points for axes in figure.axes for line in (*axes.lines, *axes.parts)]
    drawn += [points.offsets for axes in figure.axes for points in axes.points]
    there = torch.cat([torch.zeros(0, 2, dtype=torch.float64), *drawn])
    there = there[there.isfinite().all(1)]
    for points in curves.values():
        for wanted in (points.double(), points.double().flip(1)):
            if len(there) and int((torch.cdist(wanted, there).min(1).values < _CLOSE).sum()) >= 2:
                return
    raise CheckFailed("None of the curves is drawn in the figure.")


_CLOSE = 0.1
"""Points that were rounded on the way are still those points."""


def assert_labelled(figure: Figure, curves: Mapping[str, torch.Tensor], *, atol: float, hint: str) -> None:
    """Assert that each name is written where it can name a line, and that no line has the name of another."""
    lines = lines_of(figure)
    written = [_spaced(text) for text in _texts(figure, lines)]
    # A text that holds several names tells none of the lines from the others.
    telling = [text for text in written if sum(_spaced(name) in text for name in curves) == 1]
    fact = tuple(_fact_of_label(figure, lines, curves, name, atol) for name in curves)
    for name, points in curves.items():
        if not any(_spaced(name) in text for text in telling):
            sentence = f"No line is labelled with {name!r}, a name from the dictionary."
            raise CheckFailed(sentence, hint=hint, fact=fact)
        own = lines_through(lines, points, atol=atol)
        labels = [line.label for line in own]
        others = [label for label in labels if any(other in label for other in curves if other != name)]
        if others and not any(name in label for label in labels):
            raise CheckFailed(f"The line of {name!r} is labelled {others[0]!r}.", hint=hint, fact=fact)
    _assert_legend_colors(figure, lines, curves, atol)


def _fact_of_label(
    figure: Figure, lines: Sequence[Line], curves: Mapping[str, torch.Tensor], name: str, atol: float
) -> str | tuple[int, ...]:
    """Say how a curve is labelled: with the names of which curves, with other words, or not at all."""
    own = lines_through(lines, curves[name], atol=atol)
    labels = [line.label for line in own]
    meant = [number for number, other in enumerate(curves) if any(other in label for label in labels)]
    if meant or not own:
        return tuple(meant) or "no line"
    if any(_spaced(name) in _spaced(text) for text in _texts(figure, lines)):
        return "named elsewhere"
    return "other words" if any(labels) else "other legend" if _entries(figure) else "nothing"


def _assert_legend_colors(
    figure: Figure, lines: Sequence[Line], curves: Mapping[str, torch.Tensor], atol: float
) -> None:
    """Assert that a legend gives no name the color of another curve, as a list of names in the wrong order does."""
    colors = {
        name: {line.color[:3] for line in lines_through(lines, points, atol=atol)} for name, points in curves.items()
    }
    numbers = {name: number for number, name in enumerate(curves)}
    exchanged: list[tuple[str, str]] = []
    for entry in _entries(figure):
        named = [name for name in curves if _spaced(name) in _spaced(entry.text)]
        if len(named) != 1 or entry.color is None or entry.color[:3] in colors[named[0]]:
            continue
        exchanged += [(named[0], name) for name, found in colors.items() if entry.color[:3] in found]
    if exchanged:
        name, other = exchanged[0]
        raise CheckFailed(
            f"The legend gives {name!r} the color of the line of {other!r}.",
            hint="ax.plot(..., label=name) ties the name to its line; ax.legend(names) goes by the order.",
            fact=tuple(sorted((numbers[one], numbers[another]) for one, another in exchanged)),
        )


def _entries(figure: Figure) -> list[Entry]:
    return [*figure.legend, *itertools.chain.from_iterable(axes.legend for axes in figure.axes)]


def _texts(figure: Figure, lines: Sequence[Line]) -> list[str]:
    """List what may name a line: its label, a legend however it was made, words beside it, a title."""
    around = [text for axes in figure.axes for text in (*axes.texts, axes.title)]
    legend = [entry.text for entry in _entries(figure)]
    return [figure.suptitle, *figure.texts, *legend, *around, *(line.label for line in lines)]


def _spaced(text: str) -> str:
    """Write a name on one line: a long one may have been wrapped."""
    return " ".join(text.split())

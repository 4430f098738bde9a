"""Checks on graphs of functions in a figure: which line shows which function, and what it is called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from grader.checks.figures import Axes, Figure, Line
from grader.checks.lines import drawn_lines

Shows = Callable[[torch.Tensor, torch.Tensor], bool]
"""Says whether points with these x and y, both `(n,)` in float64, lie on the graph of a function."""


@dataclass(frozen=True, eq=False)  # two lines are never one, and tensors have no one answer to ==
class Curve:
    """A line that shows a function, and the axes that it is in."""

    line: Line
    axes: Axes

    @property
    def span(self) -> tuple[float, float]:
        """Its smallest and its largest x."""
        return float(self.line.x.min()), float(self.line.x.max())


def curves_of(figure: Figure) -> list[Curve]:
    """List the lines that are seen and could be graphs: two points and more, from left to right or back."""
    return [Curve(line, axes) for axes, line in drawn_lines(figure) if _is_graph(line)]


def _is_graph(line: Line) -> bool:
    steps = line.x.diff()
    one_way = bool((steps >= 0).all()) or bool((steps <= 0).all())
    finite = bool(torch.isfinite(line.points).all())
    return line.x.numel() > 1 and one_way and finite and bool(line.x[0] != line.x[-1])


def curve_showing(curves: list[Curve], shows: Shows) -> Curve | None:
    """Find the line that shows a function; of several, such as a short piece beside the curve, that of most points."""
    found = [curve for curve in curves if shows(curve.line.x, curve.line.y)]
    return max(found, key=lambda curve: curve.line.x.numel(), default=None)


def near(function: Callable[[torch.Tensor], torch.Tensor], atol: float) -> Shows:
    """Say of points that they lie within `atol` of the graph of a function, in y."""

    def shows(x: torch.Tensor, y: torch.Tensor) -> bool:
        return bool(((function(x) - y).abs() <= atol).all())

    return shows


def names_of(curve: Curve, figure: Figure, *, alone: bool) -> list[str]:
    """List what a reader sees as the name of a curve.

    In a legend, that is the text beside a line that looks like it (where curves look alike, the text beside either);
    further what is written in its axes and, where it is the only curve there (`alone`), title and y label.
    """
    line, entries = curve.line, (*curve.axes.legend, *figure.legend)
    alike = [entry for entry in entries if entry.color is None or entry.color[:3] == line.color[:3]]
    # A legend that was made by hand may say it by the color alone.
    exact = [entry for entry in alike if entry.color is None or entry.linestyle == line.linestyle]
    names = [entry.text for entry in exact or alike]
    around = (curve.axes.title, curve.axes.ylabel) if alone else ()
    return [*names, *curve.axes.texts, *around]


def unlabelled(curves: list[Curve], figure: Figure) -> str | None:
    """Name the axis ("x" or "y") that has no label where a reader looks for it; None where nothing is missing.

    That is below the axes, or below the lowest ones in a grid, and to the left; labels of the figure count for all.
    """
    places = [axes.place for axes in figure.axes]
    for axes in (curve.axes for curve in curves):
        left, bottom, width, height = axes.place
        is_last = not any(b < bottom and _overlap(le, w, left, width) for le, b, w, _ in places)
        is_first = not any(le < left and _overlap(b, h, bottom, height) for le, b, _, h in places)
        if is_last and not (axes.xlabel.strip() or figure.supxlabel.strip()):
            return "x"
        if is_first and not (axes.ylabel.strip() or figure.supylabel.strip()):
            return "y"
    return None


def _overlap(one: float, one_size: float, two: float, two_size: float) -> bool:
    return one < two + two_size and two < one + one_size

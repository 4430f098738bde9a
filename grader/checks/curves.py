"""Checks on graphs of functions in a figure: which line shows which function, and what it is called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from grader.checks.figures import Axes, Figure, Line

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
    """List the lines that could be graphs: two points and more, from left to right or back, no NaN."""
    lines = [Curve(line, axes) for axes in figure.axes for line in (*axes.lines, *axes.chains)]
    return [curve for curve in lines if curve.line.data_space and _is_graph(curve.line)]


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
    entries = [
        *zip(curve.axes.legend, curve.axes.legend_styles, strict=False),
        *zip(figure.legend, figure.legend_styles, strict=False),
    ]
    names = [text for text, style in entries if style in (curve.line.style, ())]
    if not names:  # a legend made by hand may say it by the colour alone
        names = [text for text, style in entries if style[:1] == curve.line.style[:1]]
    around = (curve.axes.title, curve.axes.ylabel) if alone else ()
    return [*names, *curve.axes.texts, *around]


def unlabelled(curves: list[Curve], figure: Figure) -> str | None:
    """Name the axis ("x" or "y") that has no label where a reader looks for it; None where nothing is missing.

    In a grid of axes that is below its last row and left of its first column, unless the figure has labels of its own.
    """
    for curve in curves:
        axes = curve.axes
        if axes.last_row and not (axes.xlabel.strip() or figure.supxlabel.strip()):
            return "x"
        if axes.first_column and not (axes.ylabel.strip() or figure.supylabel.strip()):
            return "y"
    return None

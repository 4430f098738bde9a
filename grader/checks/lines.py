"""Checks on the lines of a figure: through which points they go, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from grader.checks.figures import Figure, Line
from grader.checks.traces import is_bare, is_joined, traces_of
from grader.errors import CheckFailed


def lines_of(figure: Figure) -> list[Line]:
    """List all lines that are drawn in data coordinates, those of a LineCollection too; markers alone are no line."""
    lines = [line for axes in figure.axes for line in (*axes.lines, *axes.chains)]
    return [line for line in lines if is_joined(line)]


def lines_through(figure: Figure, points: torch.Tensor, *, atol: float) -> list[Line]:
    """Find the lines with exactly these points `(n, 2)`, in this order."""
    wanted = points.to(torch.float64)
    same = [line for line in lines_of(figure) if line.x.numel() == len(wanted)]
    return [line for line in same if bool(((line.points - wanted).abs() <= atol).all())]


def assert_lines_through(figure: Figure, curves: Mapping[str, torch.Tensor], *, atol: float) -> None:
    """Assert that each curve `(n, 2)` is a line through its exact points; other lines are no fault."""
    for name, points in curves.items():
        if lines_through(figure, points, atol=atol):
            continue
        fact = _fact_of_lines(figure, curves, atol)
        if lines_through(figure, points.flip(1), atol=atol):
            hint = "ax.plot(path[:, 0], path[:, 1])"
            raise CheckFailed(f"The line of {name!r} has x and y exchanged.", hint=hint, fact=fact)
        hint = "Plot every row as it is: ax.plot(path[:, 0], path[:, 1], label=name)"
        if any(p.offsets.shape == points.shape for axes in figure.axes for p in axes.points):
            hint = "scatter draws points alone; ax.plot joins them by a line."
        raise CheckFailed(f"No line goes through the {len(points)} points of {name!r}.", hint=hint, fact=fact)


def _fact_of_lines(figure: Figure, curves: Mapping[str, torch.Tensor], atol: float) -> object:
    """Say what is to be found of each curve; None where there are lines, but of none of the curves."""
    traces = tuple(traces_of(figure, points, atol=atol) for points in curves.values())
    return traces if any(traces) or is_bare(figure) else None


def assert_labelled(figure: Figure, curves: Mapping[str, torch.Tensor], *, atol: float, hint: str) -> None:
    """Assert that each name is written where it can name a line, and that no line has the name of another."""
    written = _names(figure)
    fact = tuple(_fact_of_label(figure, curves, name, atol) for name in curves)
    for name, points in curves.items():
        if not any(_spaced(name) in text for text in written):
            sentence = f"No line is labelled with {name!r}, a name from the dictionary."
            raise CheckFailed(sentence, hint=hint, fact=fact)
        labels = [line.label for line in lines_through(figure, points, atol=atol)]
        others = [label for label in labels if any(other in label for other in curves if other != name)]
        if others and not any(name in label for label in labels):
            raise CheckFailed(f"The line of {name!r} is labelled {others[0]!r}.", hint=hint, fact=fact)


def _fact_of_label(figure: Figure, curves: Mapping[str, torch.Tensor], name: str, atol: float) -> str | int:
    """Say how a curve is labelled: with the name of which curve, with other words, or not at all."""
    lines = lines_through(figure, curves[name], atol=atol)
    labels = [line.label for line in lines]
    meant = [number for number, other in enumerate(curves) if any(other in label for label in labels)]
    if meant:
        return meant[0]
    if not lines:
        return "no line"
    if any(_spaced(name) in text for text in _names(figure)):
        return "named elsewhere"
    if any(labels):
        return "other words"
    return "other legend" if figure.legend or any(axes.legend for axes in figure.axes) else "nothing"


def _names(figure: Figure) -> list[str]:
    """List what may name a line: its label, a legend however it was made, words beside it, the title of its axes."""
    around = [text for axes in figure.axes for text in (*axes.legend, *axes.texts, axes.title)]
    return [_spaced(text) for text in (*figure.legend, *around, *(line.label for line in lines_of(figure)))]


def _spaced(text: str) -> str:
    """Write a name on one line: a long one may have been wrapped."""
    return " ".join(text.split())

"""Graphs of functions are found by what they show, and their names where a reader sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.lines import Line2D

from grader.checks.curves import Curve, curve_showing, curves_of, names_of, near, unlabelled
from grader.checks.figures import Figure, as_figure
from grader.checks.remote import Remote
from grader.sandbox.figure import describe_figure

X = torch.linspace(-2, 2, 50)
SINE, COSINE = near(torch.sin, 1e-5), near(torch.cos, 1e-5)


class Drawn(Remote):
    """A figure of this process, described as a worker describes it."""

    def __init__(self, figure: Any) -> None:
        self._figure = figure

    kind = "figure"

    def operate(self, operation: str, **kwargs: Any) -> Any:
        """Describe the figure."""
        assert operation == "describe_figure"
        return describe_figure(self._figure, **kwargs)


def read(figure: Any) -> Figure:
    """Read a figure and close it."""
    found = as_figure(Drawn(figure))
    plt.close(figure)
    return found


def shown(figure: Figure) -> tuple[Curve, Curve]:
    """Find the sine and the cosine."""
    sine, cosine = (curve_showing(curves_of(figure), shows) for shows in (SINE, COSINE))
    assert sine is not None
    assert cosine is not None
    return sine, cosine


def labels(ax: Any) -> None:
    """Label each line."""
    ax.plot(X, X.sin(), "--", label="sine")
    ax.plot(X, X.cos(), ":", label="cosine")
    ax.legend()


def list_of_names(ax: Any) -> None:
    """Give the legend a list, and draw a reference line afterwards."""
    ax.plot(X, X.sin())
    ax.plot(X, X.cos())
    ax.legend(["sine", "cosine"])
    ax.axhline(0)


def handles(ax: Any) -> None:
    """Give the legend lines and names in another order than they were drawn."""
    ax.axhline(0, color="black")
    (sine,) = ax.plot(X, X.sin(), "k--")
    (cosine,) = ax.plot(X, X.cos(), "k-.")
    ax.legend([cosine, sine], ["cosine", "sine"])


def proxies(ax: Any) -> None:
    """Make the lines of the legend by hand, by colour alone."""
    ax.plot(X, X.sin(), "r.-")
    ax.plot(X, X.cos(), "b--")
    ax.legend(handles=[Line2D([], [], color=color, label=name) for color, name in (("b", "cosine"), ("r", "sine"))])


def of_the_figure(ax: Any) -> None:
    """Put the legend beside the axes."""
    ax.plot(X, X.sin(), label="sine")
    ax.plot(X, X.cos(), label="cosine")
    ax.figure.legend()


@pytest.mark.parametrize("draw", [labels, list_of_names, handles, proxies, of_the_figure])
def test_a_legend_names_the_line_that_it_means(draw: Callable[[Any], None]) -> None:
    """However a legend is given, each curve has the name that is beside a line of its looks."""
    figure, ax = plt.subplots()
    draw(ax)
    found = read(figure)

    assert [names_of(curve, found, alone=False) for curve in shown(found)] == [["sine"], ["cosine"]]


def test_a_label_without_a_legend_is_no_name() -> None:
    """A label that is not shown names nothing; a title does where the curve is alone in its axes."""
    figure, ax = plt.subplots()
    ax.plot(X, X.sin(), label="sine")
    ax.set_title("title")
    found = read(figure)
    (sine,) = curves_of(found)

    assert names_of(sine, found, alone=False) == []
    assert names_of(sine, found, alone=True) == ["title", ""]


def test_of_several_lines_the_longest_is_the_curve() -> None:
    """A short piece of the same graph beside it, points out of order and NaN are not taken for the curve."""
    figure, ax = plt.subplots()
    ax.plot([0, 0.1], torch.tensor([0, 0.1]).sin())
    ax.plot(X.flip(0), X.flip(0).sin())
    mixed = X[torch.randperm(50, generator=torch.Generator().manual_seed(0))]
    ax.plot(mixed, mixed.cos())
    ax.plot(X, torch.where(X > 1, torch.nan, X.cos()))
    found = read(figure)

    sine = curve_showing(curves_of(found), SINE)
    assert sine is not None
    assert (sine.line.x.numel(), sine.span) == (50, (-2.0, 2.0))
    assert curve_showing(curves_of(found), COSINE) is None


def test_labels_are_looked_for_at_the_edges_of_a_grid() -> None:
    """Below the last row and left of the first column a label is needed, or one for the whole figure."""

    def missing(prepare: Callable[[Any, Any], None]) -> str | None:
        figure, grid = plt.subplots(2, 2)
        for ax in grid.flat:
            ax.plot(X, X.sin())
        prepare(figure, grid)
        found = read(figure)
        return unlabelled(curves_of(found), found)

    def outer(_: Any, grid: Any) -> None:
        for ax in grid[-1]:
            ax.set_xlabel("x")
        for ax in grid[:, 0]:
            ax.set_ylabel("y")

    def last(_: Any, grid: Any) -> None:
        grid[-1, -1].set(xlabel="x", ylabel="y")

    def blank(figure: Any, _: Any) -> None:
        figure.supxlabel("x")
        figure.supylabel(" ")

    assert (missing(outer), missing(last), missing(blank)) == (None, "y", "y")

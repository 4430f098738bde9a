"""Lines are found by their points and their names, however they were drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.collections import LineCollection

from grader.checks.figures import as_figure
from grader.checks.lines import assert_labelled, assert_lines_through
from grader.checks.remote import Remote
from grader.errors import CheckFailed
from grader.sandbox.figure import describe_figure

CURVES = {"first 12": torch.rand(7, 2), "second 34": torch.rand(9, 2)}
ATOL = 1e-6


class Drawn(Remote):
    """A figure of this process, described as a worker describes it."""

    def __init__(self, figure: Any) -> None:
        self._figure = figure

    kind = "figure"

    def operate(self, operation: str, **kwargs: Any) -> Any:
        """Describe the figure."""
        assert operation == "describe_figure"
        return describe_figure(self._figure, **kwargs)


def labels(ax: Any) -> None:
    """Give each line its label."""
    for name, points in CURVES.items():
        ax.plot(points[:, 0], points[:, 1], "o-", label=f"{name}, lr 0.1")


def legend_list(ax: Any) -> None:
    """Give the legend a list of names, with another line among them."""
    for points in CURVES.values():
        ax.plot(*points.T)
    ax.legend(list(CURVES))
    ax.axhline(0)


def collections(ax: Any) -> None:
    """Draw each curve as a LineCollection."""
    for name, points in CURVES.items():
        parts = torch.stack([points[:-1], points[1:]], dim=1)
        ax.add_collection(LineCollection(list(parts.numpy()), label=name))


def texts(ax: Any) -> None:
    """Write each name at the end of its line."""
    for name, points in CURVES.items():
        ax.plot(points[:, 0], points[:, 1])
        ax.text(*points[-1].tolist(), name)


def drawn(draw: Callable[[Any], None]) -> Any:
    """Draw a figure and read it."""
    figure, ax = plt.subplots()
    draw(ax)
    found = as_figure(Drawn(figure))
    plt.close(figure)
    return found


@pytest.mark.parametrize("draw", [labels, legend_list, collections, texts])
def test_right_lines_are_found(draw: Callable[[Any], None]) -> None:
    """Labels, a legend, texts and LineCollections are all right ways to draw and to name a curve."""
    figure = drawn(draw)

    assert_lines_through(figure, CURVES, atol=ATOL)
    assert_labelled(figure, CURVES, atol=ATOL, hint="")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda ax: [ax.plot(p[:, 1], p[:, 0]) for p in CURVES.values()], "exchanged"),
        (lambda ax: [ax.plot(p[::2, 0], p[::2, 1]) for p in CURVES.values()], "No line goes through"),
        (lambda ax: [ax.scatter(p[:, 0], p[:, 1]) for p in CURVES.values()], "scatter"),
        (lambda ax: [ax.plot(*p.T, transform=ax.transAxes) for p in CURVES.values()], "No line goes through"),
    ],
    ids=["exchanged", "subsampled", "scattered", "elsewhere"],
)
def test_wrong_lines_are_told(draw: Callable[[Any], None], words: str) -> None:
    """Lines through other points fail, and the message or the hint says what they are."""
    with pytest.raises(CheckFailed) as caught:
        assert_lines_through(drawn(draw), CURVES, atol=ATOL)

    assert words in f"{caught.value.message} {caught.value.hint}"


def test_exchanged_names_are_told() -> None:
    """A line that carries the name of another is wrong, though both names are there."""

    def draw(ax: Any) -> None:
        for name, points in zip(CURVES, reversed(CURVES.values()), strict=True):
            ax.plot(*points.T, label=name)

    with pytest.raises(CheckFailed, match="is labelled 'second 34'"):
        assert_labelled(drawn(draw), CURVES, atol=ATOL, hint="")


def test_a_name_that_is_nowhere_is_told() -> None:
    """A curve without its name fails."""
    with pytest.raises(CheckFailed, match="No line is labelled with 'first 12'"):
        assert_labelled(drawn(lambda ax: ax.plot(*CURVES["first 12"].T)), CURVES, atol=ATOL, hint="")


def test_a_legend_in_the_wrong_order_is_the_same_however_it_came_about() -> None:
    """Lines drawn the other way round, or names given the other way round, are one fact."""
    facts = []
    for curves, names in (([*CURVES.values()][::-1], [*CURVES]), ([*CURVES.values()], [*CURVES][::-1])):
        figure, ax = plt.subplots()
        for points in curves:
            ax.plot(*points.T)
        ax.legend(names)
        with pytest.raises(CheckFailed, match="the color of the line of") as caught:
            assert_labelled(as_figure(Drawn(figure)), CURVES, atol=ATOL, hint="")
        facts.append(caught.value.fact)

    assert facts[0] == facts[1] == ((0, 1), (1, 0))

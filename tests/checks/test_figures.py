"""A figure as checks see it: what nobody sees in the picture, no check sees either."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from matplotlib.figure import Figure as Drawing

from grader.checks.figures import as_figure
from grader.checks.lines import lines_of
from grader.checks.remote import Remote
from grader.errors import CheckFailed
from grader.sandbox.figure import describe_figure


def remote(drawing: Drawing) -> Any:
    """Stand in for a proxy of a figure in a worker."""
    return Mock(spec=Remote, kind="figure", operate=lambda _, images: describe_figure(drawing, images))


def drawn() -> Drawing:
    """Draw a line and an image in each of two axes."""
    drawing = Drawing()
    for title, axes in zip(("left", "right"), drawing.subplots(1, 2), strict=True):
        axes.set_title(title)
        axes.plot([0, 1], [0, 1], label=title)
        axes.imshow([[0.0, 1.0], [2.0, 3.0]])
    return drawing


def test_hidden_axes_are_ignored() -> None:
    """Axes that are not visible, and all that lies in them, are no part of the figure."""
    drawing = drawn()
    drawing.axes[0].set_visible(False)

    figure = as_figure(remote(drawing))

    assert [axes.title for axes in figure.axes] == ["right"]
    assert [line.label for line in lines_of(figure)] == ["right"]
    assert len(figure.images) == 1


def test_hidden_lines_and_images_are_ignored() -> None:
    """A line or an image that is not visible is no part of its axes."""
    drawing = drawn()
    drawing.axes[0].lines[0].set_visible(False)
    drawing.axes[1].images[0].set_visible(False)

    left, right = as_figure(remote(drawing)).axes

    assert [(len(left.lines), len(left.images)), (len(right.lines), len(right.images))] == [(0, 1), (1, 0)]


def test_what_is_no_figure_fails_in_words() -> None:
    """A list, say, is told by its type."""
    with pytest.raises(CheckFailed, match="should be a matplotlib Figure"):
        as_figure([1, 2])

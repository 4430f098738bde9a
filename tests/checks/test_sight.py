"""What can be seen of a figure counts; what cannot, by whatever way, does not; taste is free."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import ListedColormap
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D

from grader.checks.figures import Figure, as_figure
from grader.checks.heatmaps import heatmaps_of
from grader.checks.lines import assert_labelled, assert_lines_through, assert_no_line_through
from grader.errors import CheckFailed
from tests.checks.test_lines import Drawn

EXTENT = (-6, 6, -6, 6)
AXIS = torch.linspace(-6, 6, 60)
HEIGHTS = (AXIS[None, :] ** 2 + AXIS[:, None]).numpy()
RANDOM = torch.Generator().manual_seed(0)  # another draw may leave most of a curve outside where it is zoomed in
CURVES = {
    "first 12": torch.rand(7, 2, generator=RANDOM) * 8 - 4,
    "second 34": torch.rand(9, 2, generator=RANDOM) * 8 - 4,
}
ATOL = 1e-6


def drawn(draw: Callable[[Any], None], heatmap: dict[str, Any] | None = None) -> Figure:
    """Draw on a heatmap and read the figure."""
    figure, ax = plt.subplots()
    ax.imshow(HEIGHTS, **{"extent": EXTENT, "origin": "lower", **(heatmap or {})})
    draw(ax)
    return as_figure(Drawn(figure))


def plain(**options: Any) -> Callable[[Any], None]:
    """Draw each curve with options."""

    def draw(ax: Any) -> None:
        for name, points in CURVES.items():
            ax.plot(*points.T, label=name, **options)
        ax.legend()

    return draw


def joined(ax: Any) -> None:
    """Draw all curves in one line that NaN interrupts."""
    gap = torch.full((1, 2), torch.nan)
    ax.plot(*torch.cat([row for points in CURVES.values() for row in (points, gap)]).T)
    legend_of_own(ax)


def padded(ax: Any) -> None:
    """Draw the columns of arrays that are filled up with NaN."""
    columns = np.full((2, 9, len(CURVES)), np.nan)
    for index, points in enumerate(CURVES.values()):
        columns[:, : len(points), index] = points.T
    ax.plot(*columns, label=list(CURVES))


def by_steps(ax: Any) -> None:
    """Draw every step by itself, in any color."""
    for name, points in CURVES.items():
        for step in range(len(points) - 1):
            ax.plot(*points[step : step + 2].T)
        ax.text(*points[0].tolist(), name)


def legend_of_own(ax: Any) -> None:
    """Make a legend by hand."""
    ax.legend(handles=[Line2D([], [], label=name) for name in CURVES])


@pytest.mark.parametrize(
    "draw",
    [
        plain(),
        plain(color="white", linewidth=0.3, alpha=0.2, linestyle=":"),
        plain(zorder=0.5),
        joined,
        padded,
        by_steps,
        lambda ax: [plain(color="white")(ax), ax.axis("off")],
        lambda ax: [plain()(ax), ax.set_xlim(-3, 3)],
    ],
    ids=["plain", "pale", "low", "joined", "padded", "steps", "no axis", "zoomed"],
)
def test_ways_to_draw_lines(draw: Callable[[Any], None]) -> None:
    """However curves are drawn, they are found and are named, as long as they can be seen."""
    figure = drawn(draw)

    assert_lines_through(figure, CURVES, atol=ATOL)
    assert_labelled(figure, CURVES, atol=ATOL, hint="")


def elsewhere(place: list[float], **options: Any) -> Callable[[Any], None]:
    """Draw on axes at another place of the figure, without a heatmap."""
    return lambda ax: plain(**options)(ax.figure.add_axes(place))


@pytest.mark.parametrize(
    "draw",
    [
        plain(alpha=0),
        plain(linewidth=0),
        plain(color="none"),
        plain(color=(1, 0, 0, 0.01)),
        plain(zorder=-1),
        plain(visible=False),
        elsewhere([2, 2, 1, 1]),
        elsewhere([0.1, 0.1, 0.001, 0.001]),
        elsewhere([0.1, 0.1, 0.3, 0.3], color="white"),
        lambda ax: [plain()(ax), ax.set_xlim(5, 6)],
        lambda ax: [plain()(ax), ax.set_visible(False)],
        lambda ax: [plain()(ax), ax.figure.set_visible(False)],
        lambda ax: plain(transform=Affine2D().scale(0.1) + ax.transData)(ax),
    ],
    ids=[
        "alpha", "width", "none", "faint", "under", "invisible", "off", "tiny", "white", "limits", "axes", "figure",
        "shrunk",
    ],
)  # fmt: skip
def test_lines_that_nobody_sees(draw: Callable[[Any], None]) -> None:
    """A line that cannot be seen is none."""
    with pytest.raises(CheckFailed, match="No line goes through"):
        assert_lines_through(drawn(draw), CURVES, atol=ATOL)


@pytest.mark.parametrize(
    "options", [{}, {"alpha": 0.3}, {"vmax": 10}, {"cmap": ListedColormap(["red", "blue"])}, {"extent": (-9, 9, -9, 9)}]
)
def test_heatmaps_that_can_be_seen(options: dict[str, Any]) -> None:
    """A pale heatmap, one that is clipped and one of two colors are heatmaps."""
    assert len(heatmaps_of(drawn(plain(), options))) == 1


@pytest.mark.parametrize(
    ("draw", "options"),
    [
        (plain(), {"alpha": 0}),
        (plain(), {"vmin": 1e6, "vmax": 1e7}),
        (plain(), {"cmap": ListedColormap(["red"])}),
        (lambda ax: ax.imshow(np.zeros((2, 2, 3)), extent=EXTENT), {}),
        (lambda ax: ax.set_ylim(5, 9), {}),
    ],
    ids=["alpha", "clipped", "one color", "covered", "limits"],
)
def test_heatmaps_that_nobody_sees(draw: Callable[[Any], None], options: dict[str, Any]) -> None:
    """A heatmap without differences that can be seen is none."""
    with pytest.raises(CheckFailed, match="cannot be seen"):
        heatmaps_of(drawn(draw, options))


def test_an_axis_that_runs_backwards_is_told() -> None:
    """An image knows which of its axes run backwards."""
    found = drawn(lambda ax: ax.invert_yaxis()).images[0]

    assert found.turned == (False, True)


def test_lines_of_an_earlier_call_are_told() -> None:
    """A curve that was not to be drawn is noticed."""
    figure = drawn(plain())

    assert_no_line_through(figure, {"other": torch.rand(7, 2)}, atol=ATOL, hint="")
    with pytest.raises(CheckFailed, match="not to be drawn"):
        assert_no_line_through(figure, CURVES, atol=ATOL, hint="")


def reversed_legend(ax: Any) -> None:
    """Give the legend the names in the wrong order."""
    for points in CURVES.values():
        ax.plot(*points.T)
    ax.legend(list(reversed(CURVES)))


def one_title(ax: Any) -> None:
    """Write all names into one title."""
    for points in CURVES.values():
        ax.plot(*points.T)
    ax.set_title(" and ".join(CURVES))


@pytest.mark.parametrize(
    ("draw", "words"), [(reversed_legend, "color of the line of"), (one_title, "No line is labelled")]
)
def test_names_that_tell_nothing_or_lie(draw: Callable[[Any], None], words: str) -> None:
    """A legend in the wrong order is wrong, and a text that holds all names tells none from the other."""
    with pytest.raises(CheckFailed, match=words):
        assert_labelled(drawn(draw), CURVES, atol=ATOL, hint="")


def test_a_figure_that_was_read_is_closed() -> None:
    """What is drawn with pyplot after a figure was read is drawn on another."""
    figure = plt.figure()
    as_figure(Drawn(figure))

    assert plt.gcf() is not figure

    plt.close("all")

"""An image is read the right way up, whatever its grid, its scale and its extent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from grader.checks.draw import Draw
from grader.checks.figures import Figure, Image
from grader.checks.heatmaps import UPRIGHT, Square, heatmaps_of
from grader.errors import CheckFailed

SQUARE = Square(6.0)
EXTENT = (-6.0, 6.0, -6.0, 6.0)


def function(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Himmelblau's function: nearly symmetric, so the hardest case that is asked."""
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def image(
    rows: int = 60, columns: int = 60, half: float = 6.0, origin: str = "lower", extent: tuple[float, ...] | None = None
) -> Image:
    """Show the function on a grid with points on the edges: half a pixel off in the corners, as most students do."""
    u, v = torch.linspace(-half, half, columns), torch.linspace(-half, half, rows)
    left, right, bottom, top = extent or (-half, half, -half, half)
    return Image(function(u[None, :], v[:, None]).double(), (left, right, bottom, top), origin, "Normalize")


def changed(shown: Image, change: Callable[[torch.Tensor], torch.Tensor]) -> Image:
    """Change the data of an image."""
    return Image(change(shown.data), shown.extent, shown.origin, shown.norm)


@pytest.mark.parametrize(
    "shown",
    [
        image(),
        image(20, 20),
        image(31, 200),
        image(half=10.0),
        image(half=6.05),
        image(extent=(-6.0, 6.0, 6.0, -6.0), origin="upper"),
        changed(image(origin="upper"), lambda data: data.flip(0)),
        changed(image(), torch.log),
        changed(image(), lambda data: data.clamp(max=100)),
        changed(image(), lambda data: torch.where(data < 20, torch.nan, data)),
    ],
    ids=["plain", "coarse", "oblong", "larger", "a little larger", "downwards", "flipud", "log", "clipped", "masked"],
)
def test_right_images_are_upright(shown: Image) -> None:
    """Neither grid, extent, origin nor colour scale make a right image a wrong one."""
    for seed in range(5):
        assert SQUARE.orientation(shown, function, Draw(seed)) == UPRIGHT
    assert SQUARE.covered_by(shown)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda data: data.flip(0), "upside down"),
        (lambda data: data.flip(1), "mirrored left to right"),
        (lambda data: data.T, "transposed"),
        (lambda data: data.flip(0, 1), "turned by half a turn"),
        (lambda data: data.T.flip(0), "transposed and upside down"),
        (lambda data: data.T.flip(1), "transposed and mirrored"),
        (lambda data: data.T.flip(0, 1), "transposed and turned by half a turn"),
    ],
)
@pytest.mark.parametrize("size", [30, 200])
def test_wrong_ways_are_named(change: Callable[[torch.Tensor], torch.Tensor], name: str, size: int) -> None:
    """Each of the seven wrong ways is told from the right one, and from the others."""
    for seed in range(5):
        assert SQUARE.orientation(changed(image(size, size), change), function, Draw(seed)) == name


@pytest.mark.parametrize(
    "change",
    [
        torch.neg,
        torch.zeros_like,
        lambda data: data[:, :0],
        lambda data: data * torch.nan,
        lambda data: data[..., None],
    ],
    ids=["negative", "flat", "empty", "nan", "colours"],
)
def test_other_images_have_no_orientation(change: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """What shows something else, or nothing, is neither upright nor wrong way up, and breaks nothing."""
    assert SQUARE.orientation(changed(image(), change), function, Draw(0)) is None


@pytest.mark.parametrize("edge", [float("nan"), float("inf"), 6.0])
def test_an_impossible_extent_is_no_place(edge: float) -> None:
    """An extent without a width, or that is no number, covers nothing and has no orientation."""
    shown = image(extent=(edge, 6.0, -6.0, 6.0))

    assert not SQUARE.covered_by(shown)
    assert SQUARE.orientation(shown, function, Draw(0)) is None


@pytest.mark.parametrize(
    ("extent", "covers"),
    [
        (EXTENT, True),
        ((6.0, -6.0, 6.0, -6.0), True),
        ((-6.0, 5.9, -6.0, 5.9), True),
        ((-5.0, 5.0, -5.0, 5.0), False),
        ((-0.5, 119.5, -0.5, 119.5), False),
        ((0.0, 12.0, 0.0, 12.0), False),
    ],
)
def test_an_extent_may_lack_one_pixel(extent: tuple[float, ...], covers: bool) -> None:
    """`arange` stops one step short of the edge, which is no fault."""
    assert SQUARE.covered_by(image(120, 120, extent=extent)) == covers


def test_a_forgotten_extent_can_be_put_in() -> None:
    """An image in pixels is judged as if it had been stretched over the square, by what a person sees at its top.

    matplotlib counts pixels downwards, on an axis that runs backwards, unless it is given `origin="lower"`.
    """
    lower = image(origin="lower", extent=(-0.5, 59.5, -0.5, 59.5))
    upper = replace(image(origin="upper", extent=(-0.5, 59.5, 59.5, -0.5)), turned=(False, True))
    flipped = replace(upper, data=upper.data.flip(0))

    assert SQUARE.orientation(SQUARE.stretched(lower), function, Draw(0)) == UPRIGHT
    assert SQUARE.orientation(SQUARE.stretched(upper), function, Draw(0)) == "upside down"
    assert SQUARE.orientation(SQUARE.stretched(flipped), function, Draw(0)) == UPRIGHT


def test_a_figure_without_images_is_told() -> None:
    """Where nothing was drawn with imshow, the check fails in words."""
    with pytest.raises(CheckFailed, match="nothing was drawn with imshow"):
        heatmaps_of(Figure("", "", "", (), (), ()))

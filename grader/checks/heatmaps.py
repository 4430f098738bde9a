"""Which way up an image shows a function of two variables, whatever its colour scale.

Only the order of the values counts, so their logarithm is as good as they are. Pixels are read at their centres;
half a pixel of offset, a grid of any size and an extent beyond the square make no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from grader.checks.draw import Draw
from grader.checks.figures import Figure, Image
from grader.checks.sight import seen_images
from grader.errors import CheckFailed

Function = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Map = Callable[[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]

_PAIRS = 2000
_MIN_TOLD_APART = 0.2
"""Share of pairs of pixels that must differ: a scale may be clipped, but not flat."""

_MIN_AGREEMENT = 0.88
"""Share of pairs that must be in the function's order.

Measured on Himmelblau's function: a grid of 20 by 20 with half a pixel of offset agrees in 0.92 of all pairs, one
of 100 by 100 in 0.98; transposed or upside down the best agrees in 0.85.
"""

UPRIGHT = "upright"
_SEEN: dict[str, Map] = {
    UPRIGHT: lambda x, y: (x, y),
    "upside down": lambda x, y: (x, -y),
    "mirrored left to right": lambda x, y: (-x, y),
    "transposed": lambda x, y: (y, x),
    "turned by half a turn": lambda x, y: (-x, -y),
    "transposed and upside down": lambda x, y: (-y, x),
    "transposed and mirrored": lambda x, y: (y, -x),
    "transposed and turned by half a turn": lambda x, y: (-y, -x),
}
"""What point's value is seen at (x, y), in a square around 0."""


_MOST_IMAGES = 8
"""Each image costs time of ours to compare."""


def heatmaps_of(figure: Figure) -> list[Image]:
    """List the images of a figure that can be seen and hold one number a pixel; fail where there is none."""
    images = [image for image in seen_images(figure) if image.data.dim() == 2]
    if len(images) > _MOST_IMAGES:
        raise CheckFailed(f"The figure has {len(images)} images; one heatmap is expected.")
    if images:
        return images
    drawn = "nothing was drawn with imshow"
    if figure.images:
        numbers = any(image.data.dim() == 2 for image in figure.images)
        drawn = "what imshow shows cannot be seen" if numbers else "imshow was given colors, not numbers"
    meshes, contours = (any(getattr(axes, kind) for axes in figure.axes) for kind in ("meshes", "contours"))
    if meshes or contours:
        drawn += " (a mesh or contours may come on top of it)"
    hint = "ax.imshow(values, extent=..., origin=...)"
    raise CheckFailed(f"The figure has no heatmap: {drawn}.", hint=hint, fact=(bool(figure.images), meshes, contours))


@dataclass(frozen=True)
class Square:
    """The square from -half to half in both coordinates."""

    half: float

    def covered_by(self, image: Image) -> bool:
        """Whether an image reaches every edge, but for one pixel of its own."""
        return _readable(image) and all(self._reached(image))

    def lies(self, image: Image) -> str | tuple[bool, ...]:
        """Say where an image lies, in terms that hang on no grid: `pixels` where it has no extent of its own.

        Else which edges it reaches: left, right, bottom, top.
        """
        if not _readable(image):
            return "nowhere"
        rows, columns = image.data.shape
        left, right, bottom, top = image.extent
        own = (left, right) == (-0.5, columns - 0.5) and sorted((bottom, top)) == [-0.5, rows - 0.5]
        return "pixels" if own else tuple(self._reached(image))

    def _reached(self, image: Image) -> list[bool]:
        left, right, bottom, top = image.extent
        rows, columns = image.data.shape
        across, up = 1.1 * abs(right - left) / columns, 1.1 * abs(top - bottom) / rows
        lows, highs = (min(left, right), min(bottom, top)), (max(left, right), max(bottom, top))
        low = [edge - pixel <= -self.half for edge, pixel in zip(lows, (across, up), strict=True)]
        high = [edge + pixel >= self.half for edge, pixel in zip(highs, (across, up), strict=True)]
        return [low[0], high[0], low[1], high[1]]

    def stretched(self, image: Image) -> Image:
        """Take an image as if it had been given just this square as its extent, with what is at its top on top."""
        left, right, bottom, top = image.extent
        x = self.half if (left < right) != image.turned[0] else -self.half
        y = self.half if (bottom < top) != image.turned[1] else -self.half
        return replace(image, extent=(-x, x, -y, y), turned=(False, False))

    def orientation(self, image: Image, function: Function, draw: Draw) -> str | None:
        """Say how the image shows the function; None where it shows something else."""
        if not _readable(image):
            return None
        left, right, bottom, top = image.extent
        x, column = self._sample(min(left, right), max(left, right), image.data.shape[1], draw)
        y, row = self._sample(min(bottom, top), max(bottom, top), image.data.shape[0], draw)
        shown = image.upright()[row, column]
        rises = (shown[0] - shown[1]).sign()
        told_apart = rises.abs() == 1  # neither equal nor NaN, nor Inf from the logarithm of 0
        if told_apart.double().mean() < _MIN_TOLD_APART:
            return None
        x, y = (-x if image.turned[0] else x), (-y if image.turned[1] else y)  # where they are seen
        agreement = {}
        for name, seen in _SEEN.items():
            values = function(*seen(x, y))
            agrees = (values[0] - values[1]).sign() == rises
            agreement[name] = float(agrees[told_apart].double().mean())
        best = max(agreement, key=lambda name: agreement[name])
        return best if agreement[best] >= _MIN_AGREEMENT else None

    def _sample(self, low: float, high: float, count: int, draw: Draw) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw pairs of pixels along one axis, inside the square: their centres and their numbers."""
        inside = max(low, -self.half), min(high, self.half)
        drawn = draw.tensor(2, _PAIRS, low=inside[0], high=max(inside), dtype=torch.float64)
        number = ((drawn - low) / (high - low) * count).floor().clamp(0, count - 1).long()
        return low + (number + 0.5) * (high - low) / count, number


def _readable(image: Image) -> bool:
    """Whether it has numbers, one a pixel, and a place."""
    left, right, bottom, top = image.extent
    finite = all(abs(edge) < 1e9 for edge in image.extent)
    return image.data.dim() == 2 and image.data.numel() > 0 and finite and left != right and bottom != top

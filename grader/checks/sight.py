"""What a person would see of a figure: a line or an image that is there, and not hidden, blank or outside.

Only what cannot be seen at all is left out: thin, pale, dashed or partly covered lines are a matter of taste.
"""

from __future__ import annotations

import torch

from grader.checks.figures import Axes, Color, Figure, Image, Line

_NO_LINE = ("None", "none", " ", "")
_FAINT = 0.05
"""An alpha, or a difference between two colors, that nobody sees."""

_THIN = 0.05
"""A width in points that nobody sees."""

_TOLD_APART = 0.2
"""Share of pairs of pixels that must differ in color: a scale may be clipped, but not flat."""


def seen_axes(figure: Figure) -> list[Axes]:
    """List the axes that lie on the figure, at least by half of their height and width."""
    return [axes for axes in figure.axes if len(axes.place) == 4 and _on_figure(*axes.place)]


def _on_figure(left: float, bottom: float, width: float, height: float) -> bool:
    across = min(left + width, 1.0) - max(left, 0.0)
    up = min(bottom + height, 1.0) - max(bottom, 0.0)
    return width > 0.01 and height > 0.01 and across >= 0.5 * width and up >= 0.5 * height


def seen_lines(figure: Figure) -> list[tuple[Axes, Line]]:
    """List the lines that can be seen, parts of LineCollections too, each with its axes; markers are no line."""
    anywhere = any(axes.images for axes in figure.axes)
    return [
        (axes, line)
        for axes in seen_axes(figure)
        for line in (*axes.lines, *axes.parts)
        if _is_drawn(line) and _is_inside(axes, line) and _stands_out(axes, line, anywhere)
    ]


def _is_drawn(line: Line) -> bool:
    return line.data_space and line.linestyle not in _NO_LINE and line.width > _THIN and line.color[3] > _FAINT


def _is_inside(axes: Axes, line: Line) -> bool:
    """Whether at least half of the points lie within the limits of the axes."""
    inside = _between(line.x, axes.xlim) & _between(line.y, axes.ylim)
    return bool(inside.any()) and float(inside.double().mean()) >= 0.5


def _between(values: torch.Tensor, limits: tuple[float, float]) -> torch.Tensor:
    """Say for each value whether it lies between; NaN counts as inside, as it is not drawn in any case."""
    return ~((values < min(limits)) | (values > max(limits)))


def _stands_out(axes: Axes, line: Line, anywhere: bool) -> bool:
    """Whether a line is neither under an image nor of the color that lies under it."""
    under = [image for image in axes.images if _holds(image, line)]
    if any(image.layer > line.layer and _is_opaque(image) for image in under):
        return False
    if under:
        return True
    # On axes without a ground of their own, another axes' image may lie there.
    return (anywhere and axes.ground[3] < 1) or not _alike(line.color, axes.ground)


def _holds(image: Image, line: Line) -> bool:
    left, right, bottom, top = image.extent
    inside = _between(line.x, (left, right)) & _between(line.y, (bottom, top))
    return float(inside.double().mean()) >= 0.9


def _is_opaque(image: Image) -> bool:
    return image.colors is not None and len(image.colors) > 0 and bool((image.colors[:, 3] >= 1 - _FAINT).all())


def _alike(one: Color, two: Color) -> bool:
    return all(abs(a - b) <= _FAINT for a, b in zip(one[:3], two[:3], strict=True))


def seen_images(figure: Figure) -> list[Image]:
    """List the images that can be seen: within the limits, not under another one, and of more than one color."""
    return [
        image
        for axes in seen_axes(figure)
        for image in axes.images
        if _is_in_view(axes, image) and _shows_something(image) and not any(_covers(i, image) for i in axes.images)
    ]


def _is_in_view(axes: Axes, image: Image) -> bool:
    """Whether at least a third of an image, across and up, lies within the limits of the axes."""
    left, right, bottom, top = image.extent
    for limits, (low, high) in ((axes.xlim, sorted((left, right))), (axes.ylim, sorted((bottom, top)))):
        if not min(high, max(limits)) - max(low, min(limits)) >= (high - low) / 3:
            return False
    return True


def _covers(other: Image, image: Image) -> bool:
    """Whether an image lies over all of another."""
    (left, right, bottom, top), (a, b, c, d) = other.extent, image.extent
    across = min(left, right) <= min(a, b) and max(left, right) >= max(a, b)
    up = min(bottom, top) <= min(c, d) and max(bottom, top) >= max(c, d)
    return other.layer > image.layer and across and up and _is_opaque(other)


def _shows_something(image: Image) -> bool:
    """Whether pixels differ in color, as far as they can be seen at all."""
    if image.colors is None:
        return True
    seen = image.colors[image.colors[:, 3] > _FAINT]
    if not len(seen):
        return False
    keys = (seen * 50).round().long() @ torch.tensor([1, 64, 64**2, 64**3])  # a number for each color: rows cost 3 ms
    levels = torch.unique(keys, return_counts=True)[1].double()
    return bool(1 - ((levels / levels.sum()) ** 2).sum() >= _TOLD_APART)

"""A student's figure as data: what a check looks at instead of pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch

from grader.checks.assertions import type_of
from grader.checks.remote import Remote
from grader.checks.text import clean
from grader.errors import CheckFailed, StudentRaised
from grader.sandbox import wire

Color = tuple[float, float, float, float]
"""Red, green, blue and alpha, from 0 to 1."""

_BLACK = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Line:
    """A line: `x` and `y` are `(n,)` in float64; `data_space` is False for lines in axes coordinates.

    `layer` says what is on top of what: the greater one is.
    """

    label: str
    x: torch.Tensor
    y: torch.Tensor
    linestyle: str
    marker: str
    data_space: bool
    color: Color = _BLACK
    width: float = 1.0
    layer: tuple[float, int] = (2.0, 0)

    @cached_property
    def points(self) -> torch.Tensor:
        """The points, `(n, 2)`."""
        return torch.stack([self.x, self.y], dim=1)


@dataclass(frozen=True)
class Image:
    """An image: `data` is `(rows, columns)` or with channels; `extent` is (left, right, bottom, top).

    `colors` are those of some of its pixels, `(n, 4)`; `turned` says of x and y whether the axis runs backwards.
    """

    data: torch.Tensor
    extent: tuple[float, float, float, float]
    origin: str
    norm: str
    colors: torch.Tensor | None = None
    layer: tuple[float, int] = (0.0, 0)
    turned: tuple[bool, bool] = (False, False)

    def upright(self) -> torch.Tensor:
        """Return the data with row 0 at the bottom of the axes' data space and column 0 at the left."""
        left, right, bottom, top = self.extent
        data = self.data if self.origin == "lower" else self.data.flip(0)
        data = data.flip(0) if bottom > top else data
        return data.flip(1) if left > right else data


@dataclass(frozen=True)
class Points:
    """Scattered points, `(n, 2)`, in float64."""

    label: str
    offsets: torch.Tensor


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: its text, and how the line looks that it names, where it is a line."""

    text: str
    color: Color | None
    linestyle: str = ""


@dataclass(frozen=True)
class Axes:
    """One axes of a figure; `legend` holds its legend's entries, in order, and `texts` what else is written.

    `parts` are the lines of its LineCollections. `meshes` counts what pcolormesh drew, a color bar's own included.
    `place` is (left, bottom, width, height) on the figure, from 0 to 1, and `ground` the color that lies under it all.
    """

    title: str
    xlabel: str
    ylabel: str
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xscale: str
    yscale: str
    place: tuple[float, ...]
    ground: Color
    legend: tuple[Entry, ...]
    texts: tuple[str, ...]
    lines: tuple[Line, ...]
    images: tuple[Image, ...]
    points: tuple[Points, ...]
    parts: tuple[Line, ...]
    contours: int
    meshes: int


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure and all its axes, colour bars included; it equals itself alone."""

    suptitle: str
    supxlabel: str
    supylabel: str
    legend: tuple[Entry, ...]
    texts: tuple[str, ...]
    axes: tuple[Axes, ...]

    @property
    def lines(self) -> list[Line]:
        """Every line of every axes."""
        return [line for axes in self.axes for line in axes.lines]

    @property
    def images(self) -> list[Image]:
        """Every image of every axes."""
        return [image for axes in self.axes for image in axes.images]


def as_figure(value: Any, what: str = "The result", *, images: bool = True, hint: str | None = None) -> Figure:
    """Expect a matplotlib Figure and read it, in one round trip; without data of images where it is not looked at."""
    if not isinstance(value, Remote) or value.kind != "figure":
        raise CheckFailed(
            f"{what} should be a matplotlib Figure, but is {type_of(value)}.",
            hint=hint or "Make it with fig, ax = plt.subplots() and return fig.",
            fact=value.type_name if isinstance(value, (Remote, wire.Opaque)) else type(value).__name__,
        )
    found = value.operate("describe_figure", images=images)
    try:
        return Figure(
            _text(found["suptitle"]), _text(found["supxlabel"]), _text(found["supylabel"]),
            _legend(found["legend"]), _texts(found["texts"]),
            tuple(_axes(axes) for axes in _list(found["axes"]) if axes["visible"] is True),
        )  # fmt: skip
    except (LookupError, TypeError, ValueError, AttributeError, RuntimeError, ArithmeticError):
        raise StudentRaised("The figure could not be read.") from None


def _list(value: Any) -> list[Any]:
    """Expect a list: to iterate over a tensor would make an object of each of its elements."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return clean(value, 300)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(text) for text in _list(value))


def _legend(value: Any) -> tuple[Entry, ...]:
    return tuple(
        Entry(_text(e["text"]), None if e["color"] is None else _color(e["color"]), _text(e["linestyle"]))
        for e in _list(value)
    )


def _axes(found: dict[str, Any]) -> Axes:
    xlim, ylim = _pair(found["xlim"]), _pair(found["ylim"])
    turned = xlim[0] > xlim[1], ylim[0] > ylim[1]
    return Axes(
        title=_text(found["title"]),
        xlabel=_text(found["xlabel"]),
        ylabel=_text(found["ylabel"]),
        xlim=xlim,
        ylim=ylim,
        xscale=_text(found["xscale"]),
        yscale=_text(found["yscale"]),
        place=tuple(_numbers(found["place"])),
        ground=_color(found["ground"]),
        legend=_legend(found["legend"]),
        texts=_texts(found["texts"]),
        lines=tuple(_line(line) for line in _list(found["lines"]) if line["visible"] is True),
        images=tuple(_image(image, turned) for image in _list(found["images"]) if _drawn(image)),
        points=tuple(Points(_text(p["label"]), _floats(p["offsets"]).reshape(-1, 2)) for p in _list(found["points"])),
        parts=tuple(part for item in _list(found["segments"]) if item["visible"] is True for part in _parts(item)),
        contours=int(found["contours"]),
        meshes=sum(_is_wide(_floats(mesh["corners"])) for mesh in _list(found["meshes"])),
    )


def _numbers(value: Any) -> list[float]:
    numbers = _list(value)
    if not all(isinstance(number, float) for number in numbers):
        raise TypeError("not a list of floats")
    return numbers


def _number(value: Any) -> float:
    return _numbers([value])[0]


def _color(value: Any) -> Color:
    red, green, blue, alpha = _numbers(value)
    return red, green, blue, alpha


def _layer(found: dict[str, Any]) -> tuple[float, int]:
    if type(found["order"]) is not int:
        raise TypeError("not an order")
    return _number(found["zorder"]), found["order"]


def _pair(value: Any) -> tuple[float, float]:
    first, second = _numbers(value)
    return first, second


def _floats(value: Any) -> torch.Tensor:
    if not isinstance(value, torch.Tensor) or value.dtype != torch.float64:
        raise TypeError("not a tensor of float64")
    return value.detach()


def _is_wide(corners: torch.Tensor) -> bool:
    """Whether a mesh, by its `(rows + 1, columns + 1, 2)` corners, has more than one row and more than one column."""
    return corners.dim() == 3 and min(corners.shape[:2]) > 2


def _line(found: dict[str, Any]) -> Line:
    x, y = _floats(found["x"]).reshape(-1), _floats(found["y"]).reshape(-1)
    if x.shape != y.shape:
        raise ValueError("a line with unequal x and y")
    return Line(
        _text(found["label"]), x, y, _text(found["linestyle"]), _text(found["marker"]), found["data_space"] is True,
        _color(found["color"]), _number(found["width"]), _layer(found),
    )  # fmt: skip


def _parts(found: dict[str, Any]) -> list[Line]:
    """Take each part of a LineCollection for a line."""
    label, width, layer = _text(found["label"]), _number(found["width"]), _layer(found)
    lines = []
    for part, color in zip(_list(found["parts"]), _list(found["colors"]), strict=True):
        x, y = _floats(part).reshape(-1, 2).T
        lines.append(Line(label, x, y, "-", "None", found["data_space"] is True, _color(color), width, layer))
    return lines


def _drawn(image: dict[str, Any]) -> bool:
    """Whether an image is drawn, and where its extent says."""
    return image["visible"] is True and image["data_space"] is True


def _image(found: dict[str, Any], turned: tuple[bool, bool]) -> Image:
    left, right, bottom, top = _numbers(found["extent"])
    colors = _floats(found["colors"]).reshape(-1, 4)
    return Image(
        _floats(found["data"]), (left, right, bottom, top), _text(found["origin"]), _text(found["norm"]),
        colors, _layer(found), turned,
    )  # fmt: skip

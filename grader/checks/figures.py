"""A student's figure as data: what a check looks at instead of pixels."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import torch

from grader.checks.assertions import type_of
from grader.checks.remote import Remote
from grader.checks.text import clean
from grader.errors import CheckFailed, StudentRaised
from grader.sandbox import wire


@dataclass(frozen=True)
class Line:
    """A line: `x` and `y` are `(n,)` in float64; `data_space` is False for lines in axes coordinates."""

    label: str
    x: torch.Tensor
    y: torch.Tensor
    linestyle: str
    marker: str
    data_space: bool

    @property
    def points(self) -> torch.Tensor:
        """The points, `(n, 2)`."""
        return torch.stack([self.x, self.y], dim=1)


@dataclass(frozen=True)
class Image:
    """An image: `data` is `(rows, columns)` or with channels; `extent` is (left, right, bottom, top)."""

    data: torch.Tensor
    extent: tuple[float, float, float, float]
    origin: str
    norm: str

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
class Axes:
    """One axes of a figure; `legend` holds its legend's texts, in order, and `texts` what else is written.

    `chains` are the LineCollections whose parts join end to end: a line that changes its colour on the way.
    `meshes` counts what pcolormesh drew, without a colour bar's own, which is one cell wide.
    """

    title: str
    xlabel: str
    ylabel: str
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xscale: str
    yscale: str
    legend: tuple[str, ...]
    texts: tuple[str, ...]
    lines: tuple[Line, ...]
    images: tuple[Image, ...]
    points: tuple[Points, ...]
    chains: tuple[Line, ...]
    contours: int
    meshes: int


@dataclass(frozen=True)
class Figure:
    """A figure and all its axes, colour bars included."""

    suptitle: str
    supxlabel: str
    supylabel: str
    legend: tuple[str, ...]
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
    """Expect a matplotlib Figure and read it, in one round trip; without its images where they are not looked at."""
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
            _texts(found["legend"]), tuple(_axes(axes) for axes in _list(found["axes"]) if axes["visible"] is True),
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


def _axes(found: dict[str, Any]) -> Axes:
    return Axes(
        title=_text(found["title"]),
        xlabel=_text(found["xlabel"]),
        ylabel=_text(found["ylabel"]),
        xlim=_pair(found["xlim"]),
        ylim=_pair(found["ylim"]),
        xscale=_text(found["xscale"]),
        yscale=_text(found["yscale"]),
        legend=_texts(found["legend"]),
        texts=_texts(found["texts"]),
        lines=tuple(_line(line) for line in _list(found["lines"]) if line["visible"] is True),
        images=tuple(_image(image) for image in _list(found["images"]) if image["visible"] is True),
        points=tuple(Points(_text(p["label"]), _floats(p["offsets"]).reshape(-1, 2)) for p in _list(found["points"])),
        chains=tuple(chain for item in _list(found["segments"]) if (chain := _chain(item)) is not None),
        contours=int(found["contours"]),
        meshes=sum(_is_wide(_floats(mesh["corners"])) for mesh in _list(found["meshes"])),
    )


def _numbers(value: Any) -> list[float]:
    numbers = _list(value)
    if not all(isinstance(number, float) for number in numbers):
        raise TypeError("not a list of floats")
    return numbers


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
        _text(found["label"]), x, y, _text(found["linestyle"]), _text(found["marker"]), found["data_space"] is True
    )


def _chain(found: dict[str, Any]) -> Line | None:
    """Join the parts of a LineCollection where each begins at the end of the one before; None where one does not."""
    parts = [_floats(part).reshape(-1, 2) for part in _list(found["parts"])]
    if not parts or any(len(part) < 2 for part in parts):
        return None
    if not all(torch.equal(one[-1], two[0]) for one, two in itertools.pairwise(parts)):
        return None
    x, y = torch.cat([parts[0][:1], *(part[1:] for part in parts)]).T
    return Line(_text(found["label"]), x, y, "-", "None", data_space=True)


def _image(found: dict[str, Any]) -> Image:
    left, right, bottom, top = _numbers(found["extent"])
    return Image(_floats(found["data"]), (left, right, bottom, top), _text(found["origin"]), _text(found["norm"]))

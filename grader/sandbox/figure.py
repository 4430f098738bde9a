"""A matplotlib figure as plain data, read in the worker in one round trip."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

_MOST = 400
"""Artists of one kind read from one axes: more is no figure of an exercise."""


def describe_figure(figure: Figure, images: bool = True) -> dict[str, Any]:
    """Read title, axes, lines, images, points and legends; data in float64, as they were given.

    `images=False` leaves out images and meshes, which are most of what there is to send.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"expected a matplotlib Figure, got {type(figure).__name__}")
    suptitle = getattr(figure, "_suptitle", None)
    return {
        "suptitle": suptitle.get_text() if suptitle is not None else "",
        "supxlabel": figure.get_supxlabel(),
        "supylabel": figure.get_supylabel(),
        "legend": [text.get_text() for legend in figure.legends for text in legend.get_texts()],
        "legend_styles": [style for legend in figure.legends for style in _legend_styles(legend)],
        "axes": [_axes(axes, images) for axes in figure.get_axes()[:_MOST]],
    }


def _axes(axes: Axes, images: bool) -> dict[str, Any]:
    legend = axes.get_legend()
    handles = legend.legend_handles if legend is not None else []
    place = axes.get_subplotspec()
    return {
        "title": " ".join(t for t in (axes.get_title(loc=loc) for loc in ("left", "center", "right")) if t),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": [float(edge) for edge in axes.get_xlim()],
        "ylim": [float(edge) for edge in axes.get_ylim()],
        "visible": bool(axes.get_visible()),
        "legend": [text.get_text() for text in legend.get_texts()] if legend is not None else [],
        "legend_kinds": [type(handle).__name__ for handle in handles],
        "legend_styles": _legend_styles(legend) if legend is not None else [],
        "last_row": place.is_last_row() if place is not None else True,
        "first_column": place.is_first_col() if place is not None else True,
        "texts": [text.get_text() for text in axes.texts[:_MOST]],
        "lines": [_line(line) for line in axes.get_lines()[:_MOST]],
        "images": [_image(image) for image in axes.get_images()[:_MOST]] if images else [],
        "meshes": [_mesh(item) for item in axes.collections[:_MOST] if images and isinstance(item, QuadMesh)],
        "points": [_points(item) for item in axes.collections[:_MOST] if isinstance(item, PathCollection)],
        "segments": [_segments(item) for item in axes.collections[:_MOST] if isinstance(item, LineCollection)],
        "contours": sum(isinstance(item, ContourSet) for item in axes.collections[:_MOST]),
    }


def _legend_styles(legend: Legend) -> list[list[str]]:
    """Give how the line beside each text of a legend looks; nothing where what is beside it is no line."""
    return [_style(handle) if isinstance(handle, Line2D) else [] for handle in legend.legend_handles]


def _style(line: Line2D) -> list[str]:
    return [colors.to_hex(line.get_color()), str(line.get_linestyle()), str(line.get_marker())]


def _tensor(data: Any) -> torch.Tensor:
    array = np.ma.filled(np.ma.asarray(data, dtype=np.float64), np.nan)
    return torch.from_numpy(np.ascontiguousarray(array).reshape(np.shape(data)).copy())


def _label(artist: Line2D | Collection) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _line(line: Line2D) -> dict[str, Any]:
    return {
        "label": _label(line),
        "x": _tensor(line.get_xdata(orig=False)),
        "y": _tensor(line.get_ydata(orig=False)),
        "linestyle": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "color": colors.to_hex(line.get_color()),
        "visible": bool(line.get_visible()),
        "data_space": line.get_transform().contains_branch(line.axes.transData) if line.axes else False,
    }


def _image(image: AxesImage) -> dict[str, Any]:
    array = image.get_array()
    return {
        "data": _tensor(array if array is not None else np.zeros((0, 0))),
        "extent": [float(edge) for edge in image.get_extent()],
        "origin": str(image.origin),
        "norm": type(image.norm).__name__,
        "visible": bool(image.get_visible()),
    }


def _mesh(mesh: QuadMesh) -> dict[str, Any]:
    array = mesh.get_array()
    return {
        "data": _tensor(array if array is not None else np.zeros((0, 0))),
        "corners": _tensor(mesh.get_coordinates()),
        "norm": type(mesh.norm).__name__,
    }


def _points(points: PathCollection) -> dict[str, Any]:
    return {"label": _label(points), "offsets": _tensor(points.get_offsets())}


def _segments(segments: LineCollection) -> dict[str, Any]:
    parts = [_tensor(part) for part in segments.get_segments()[:_MOST]]
    return {"label": _label(segments), "parts": parts}

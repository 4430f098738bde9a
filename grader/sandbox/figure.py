"""A matplotlib figure as plain data, read in the worker in one round trip."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl  # noqa: F401 - `plots` asks for it here
import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_rgba
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Text

_MOST = 400
"""Artists of one kind read from one axes: more is no figure of an exercise."""

_SAMPLE = 24
"""Rows and columns of an image whose colours are read."""


def describe_figure(figure: Figure, images: bool = True) -> dict[str, Any]:
    """Read title, axes, lines, images, points and legends; data in float64, as they were given.

    `images=False` leaves out the data of images, and meshes, which are most of what there is to send. The figure is
    no longer pyplot's current one afterwards, as after a cell of a notebook: what is drawn next is drawn on another.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"expected a matplotlib Figure, got {type(figure).__name__}")
    plt.close(figure)
    suptitle = getattr(figure, "_suptitle", None)
    return {
        "suptitle": suptitle.get_text() if suptitle is not None else "",
        "supxlabel": figure.get_supxlabel(),
        "supylabel": figure.get_supylabel(),
        "legend": [entry for legend in figure.legends for entry in _legend(legend)],
        "texts": _texts(text for text in figure.texts if text is not suptitle),
        "axes": [_axes(axes, images) for axes in figure.get_axes()[:_MOST]] if figure.get_visible() else [],
    }


def _axes(axes: Axes, images: bool) -> dict[str, Any]:
    order = {id(child): place for place, child in enumerate(axes.get_children())}
    ground = axes.patch if axes.patch.get_visible() and axes.axison else axes.figure.patch
    return {
        "title": " ".join(t for t in (axes.get_title(loc=loc) for loc in ("left", "center", "right")) if t),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": [float(edge) for edge in axes.get_xlim()],
        "ylim": [float(edge) for edge in axes.get_ylim()],
        "visible": bool(axes.get_visible()),
        "place": [float(number) for number in axes.get_position().bounds],
        "ground": _rgba(ground.get_facecolor(), None),
        "legend": _legend(axes.get_legend()),
        "texts": _texts(axes.texts),
        "lines": [_line(line, axes) | _rank(line, order) for line in axes.get_lines()[:_MOST]],
        "images": [_image(item, axes, images) | _rank(item, order) for item in axes.get_images()[:_MOST]],
        "meshes": [_mesh(item) for item in axes.collections[:_MOST] if images and isinstance(item, QuadMesh)],
        "points": [_points(item) for item in axes.collections[:_MOST] if isinstance(item, PathCollection)],
        "segments": [
            _segments(item, axes) | _rank(item, order)
            for item in axes.collections[:_MOST]
            if isinstance(item, LineCollection)
        ],
        "contours": sum(isinstance(item, ContourSet) for item in axes.collections[:_MOST]),
    }


def _tensor(data: Any) -> torch.Tensor:
    if type(data) is np.ndarray:  # what numpy does for masked arrays takes ten times as long
        return torch.from_numpy(data.astype(np.float64, order="C"))
    array = np.ma.filled(np.ma.asarray(data, dtype=np.float64), np.nan)
    return torch.from_numpy(np.ascontiguousarray(array).reshape(np.shape(data)).copy())


def _label(artist: Line2D | Collection) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _rank(artist: Artist, order: dict[int, int]) -> dict[str, Any]:
    """Say what is drawn on top of what, and whether an artist is drawn at all."""
    return {
        "visible": bool(artist.get_visible()),
        "zorder": float(artist.get_zorder()),
        "order": order.get(id(artist), 0),
    }


def _rgba(color: Any, alpha: Any) -> list[float]:
    """Give a color as four numbers; a color that is none has alpha 0."""
    return [float(number) for number in to_rgba(color, alpha if isinstance(alpha, (int, float)) else None)]


def _texts(texts: Iterable[Text]) -> list[str]:
    return [t.get_text() for t in list(texts)[:_MOST] if t.get_visible() and (t.get_alpha() is None or t.get_alpha())]


def _legend(legend: Legend | None) -> list[dict[str, Any]]:
    """List the entries of a legend: their texts, and the looks of what they name."""
    if legend is None or not legend.get_visible():
        return []
    handles = [*legend.legend_handles, *[None] * len(legend.get_texts())]
    return [
        {
            "text": text.get_text(),
            "color": _rgba(handle.get_color(), None) if isinstance(handle, Line2D) else None,
            "linestyle": str(handle.get_linestyle()) if isinstance(handle, Line2D) else "",
        }
        for text, handle in zip(legend.get_texts()[:_MOST], handles, strict=False)
    ]


def _line(line: Line2D, axes: Axes) -> dict[str, Any]:
    x, y = _tensor(line.get_xdata(orig=False)), _tensor(line.get_ydata(orig=False))
    transform, data = line.get_transform(), axes.transData
    if transform is not data and transform.contains_branch(data):  # moved, turned or stretched: read where it is seen
        x, y = _tensor((transform - data).transform(torch.stack([x, y], dim=1).numpy())).unbind(1)
    return {
        "label": _label(line),
        "x": x.contiguous(),
        "y": y.contiguous(),
        "linestyle": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "color": _rgba(line.get_color(), line.get_alpha()),
        "width": float(line.get_linewidth()),
        "data_space": transform.contains_branch(data),
    }


def _image(image: AxesImage, axes: Axes, whole: bool) -> dict[str, Any]:
    array = image.get_array()
    found = array if array is not None else np.zeros((0, 0))
    return {
        "data": _tensor(found if whole else np.zeros((0, 0))),
        "extent": [float(edge) for edge in image.get_extent()],
        "origin": str(image.origin),
        "norm": type(image.norm).__name__,
        "colors": _colors(image, found),
        "data_space": image.get_transform() == axes.transData,
    }


def _colors(image: AxesImage, array: Any) -> torch.Tensor:
    """Read the colors of some of the pixels, `(n, 4)`, as they are drawn."""
    step = [max(1, -(-size // _SAMPLE)) for size in array.shape[:2]]
    some = array[:: step[0], :: step[1]] if array.size else array.reshape(0, 1)
    alpha: Any = image.get_alpha()
    if np.ndim(alpha) == 2:
        alpha = np.asarray(alpha)[:: step[0], :: step[1]]
    drawn = image.to_rgba(some, alpha=alpha)
    return torch.from_numpy(np.ascontiguousarray(drawn, dtype=np.float64).reshape(-1, 4).copy())


def _mesh(mesh: QuadMesh) -> dict[str, Any]:
    array = mesh.get_array()
    return {
        "data": _tensor(array if array is not None else np.zeros((0, 0))),
        "corners": _tensor(mesh.get_coordinates()),
        "norm": type(mesh.norm).__name__,
    }


def _points(points: PathCollection) -> dict[str, Any]:
    return {"label": _label(points), "offsets": _tensor(points.get_offsets())}


def _segments(segments: LineCollection, axes: Axes) -> dict[str, Any]:
    """List the parts of a LineCollection, each with its color; colors and widths are repeated where they are fewer."""
    segments.update_scalarmappable()
    parts = segments.get_segments()[:_MOST]
    colors, widths = segments.get_colors(), segments.get_linewidth()
    return {
        "label": _label(segments),
        "parts": [_tensor(part) for part in parts],
        "colors": [_rgba(colors[index % len(colors)], None) for index in range(len(parts))] if len(colors) else [],
        "width": float(np.min(widths)) if np.size(widths) else 0.0,
        "data_space": segments.get_transform().contains_branch(axes.transData),
    }

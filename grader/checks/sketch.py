"""Pictures that a check records of what it saw: for the pages alone, no verdict hangs on them.

    sketch.curves("relu", x, student=y, reference=solution.relu(x))

What cannot be drawn (another shape, no finite number) is left out without a word: the check itself says what is wrong.
Words are the author's. Numbers are rounded to five digits, and of long series a few hundred points are kept.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import torch

from grader.pictures import Field, Form, Picture, Role, Series, Spot

MOST = 8
"""Pictures of one submission; what comes after them is left out."""

MOST_SERIES = 12
MOST_POINTS = 240
_LARGEST = 1e30


class Sketch:
    """Records pictures for one check; with no place to put them, it does nothing."""

    def __init__(self, check: str, pictures: list[Picture] | None) -> None:
        self._check = check
        self._pictures = pictures

    def curves(
        self, title: str, x: Any, *, student: Any, reference: Any = None, x_label: str = "x", y_label: str = ""
    ) -> None:
        """Draw a function at points `x` (n,), in any order: the student's values and the solution's, of as many."""
        series = [_sorted("yours", "student", x, student), _sorted("reference", "reference", x, reference)]
        self._draw(title, series, x_label=x_label, y_label=y_label or title)

    def losses(self, title: str, losses: Mapping[str, Any] | Any, *, below: float | None = None) -> None:
        """Draw losses (epochs,) over epochs, one list or several by name; `below` is a threshold to be reached."""
        named = losses if isinstance(losses, Mapping) else {"yours": losses}
        series = [_series(name, "student", _counted(some), some, spikes=True) for name, some in named.items()]
        longest = max((one.x[-1] or 1.0 for one in series if one is not None), default=1.0)
        if below is not None and any(series):
            series.append(Series(label=f"{below:g}", role="limit", x=(1.0, longest), y=(below, below)))
        self._draw(title, series, x_label="epoch", y_label="loss", log_y=True)

    def fit(
        self,
        title: str,
        *,
        data: tuple[Any, Any],
        student: Mapping[str, tuple[Any, Any]] | tuple[Any, Any],
        reference: tuple[Any, Any] | None = None,
        x_label: str = "x",
        y_label: str = "y",
    ) -> None:
        """Draw what was learnt over the data: each a pair of x and y, of n numbers in any shape; several by name."""
        named = student if isinstance(student, Mapping) else {"yours": student}
        series = [_series("data", "data", *data, form="dots")]
        series += [_sorted("reference", "reference", *reference)] if reference is not None else []
        series += [_sorted(name, "student", *pair) for name, pair in named.items()]
        self._draw(title, series, x_label=x_label, y_label=y_label)

    def paths(
        self,
        title: str,
        paths: Mapping[str, Any],
        *,
        field: Field | None = None,
        spots: Mapping[str, tuple[float, float]] = {},
        x_label: str = "x",
        y_label: str = "y",
    ) -> None:
        """Draw paths (steps, 2) in the plane, by name, over a field, with places to be seen."""
        series = []
        for name, path in paths.items():
            with suppress(Exception):
                columns = torch.as_tensor(path).detach().reshape(-1, 2)
                series.append(_series(name, "student", columns[:, 0], columns[:, 1]))
        marked = tuple(Spot(label=label, x=x, y=y) for label, (x, y) in spots.items())
        self._draw(title, series, x_label=x_label, y_label=y_label, spots=marked, field=field, square=True)

    def norms(
        self, title: str, ticks: Sequence[str], *, student: Any, reference: Any = None, y_label: str = "norm"
    ) -> None:
        """Draw the norm of a number or tensor for each place in `ticks`, such as the layers of a network: as bars."""
        places = list(range(len(ticks)))
        series = [
            _series("yours", "student", places, _norms(student), form="bars"),
            _series("reference", "reference", places, _norms(reference), form="bars"),
        ]
        self._draw(title, series, x_label="", y_label=y_label, ticks=tuple(ticks))

    def _draw(self, title: str, series: Sequence[Series | None], **more: Any) -> None:
        drawn = tuple(one for one in series if one is not None)[:MOST_SERIES]
        if self._pictures is None or len(self._pictures) >= MOST or not any(one.role == "student" for one in drawn):
            return
        self._pictures.append(Picture(check=self._check, title=title, series=drawn, **more))


def field_of(values: torch.Tensor, *, label: str, left: float, right: float, bottom: float, top: float) -> Field:
    """Take a function's values (rows, columns), the lowest row first, in 256 levels; for the background of paths."""
    rows = values.detach().double()
    low, high = rows.min(), rows.max()
    levels = ((rows - low) / (high - low).clamp_min(1e-30) * 255).round().to(torch.uint8)
    return Field(
        label=label, left=left, right=right, bottom=bottom, top=top, columns=rows.shape[1],
        levels=bytes(levels.flatten().tolist()),
    )  # fmt: skip


def _sorted(label: str, role: Role, x: Any, y: Any) -> Series | None:
    return _series(label, role, x, y, in_order=True)


def _series(
    label: str, role: Role, x: Any, y: Any, *, form: Form = "line", in_order: bool = False, spikes: bool = False
) -> Series | None:
    """Make a series of whatever came back; None where it is no list of as many numbers as there are places."""
    try:
        return None if y is None else _drawable(str(label)[:60], role, x, y, form, in_order=in_order, spikes=spikes)
    except Exception:  # noqa: BLE001 - whatever it is, it cannot be drawn
        return None


def _drawable(label: str, role: Role, x: Any, y: Any, form: Form, *, in_order: bool, spikes: bool) -> Series | None:
    places, values = _numbers(x), _numbers(y)
    if places.shape != values.shape or not bool(values.isfinite().any()):
        return None
    if in_order:
        order = places.argsort()
        places, values = places[order], values[order]
    if len(places) > MOST_POINTS:
        kept = _kept(values, spikes=spikes)
        places, values = places[kept], values[kept]
    return Series(label=label, role=role, form=form, x=_rounded(places), y=_rounded(values))


def _numbers(values: Any) -> torch.Tensor:
    """Read n numbers of any shape."""
    numbers = torch.as_tensor(values).detach()
    if numbers.is_complex() or numbers.numel() > 1_000_000:
        raise ValueError
    return numbers.double().flatten()


def _kept(values: torch.Tensor, *, spikes: bool) -> torch.Tensor:
    """Choose which points are kept: evenly, or of each stretch the least, the largest and a gap."""
    count = len(values)
    if not spikes:
        return torch.linspace(0, count - 1, MOST_POINTS).round().long()
    gaps = ~(values.abs() <= _LARGEST)
    highest, lowest = values.masked_fill(gaps, math.inf), values.masked_fill(gaps, -math.inf)
    edges = torch.linspace(0, count, MOST_POINTS // (3 if bool(gaps.any()) else 2)).round().long().tolist()
    chosen = {0, count - 1}
    for start, end in itertools.pairwise(edges):
        chosen |= {start + int(highest[start:end].argmin()), start + int(lowest[start:end].argmax())}
        if bool(gaps[start:end].any()):
            chosen.add(start + int(gaps[start:end].int().argmax()))
    return torch.tensor(sorted(chosen))


def _norms(values: Any) -> Any:
    """Take the norm of each; what has none, such as a gradient that is not there, has 0."""
    with suppress(Exception):
        return [0.0 if value is None else float(_numbers(value).norm()) for value in values]
    return None


def _counted(values: Any) -> Any:
    with suppress(Exception):
        return torch.arange(1, _numbers(values).numel() + 1)
    return None


def _rounded(values: torch.Tensor) -> tuple[float | None, ...]:
    return tuple(
        float(f"{value:.5g}") if math.isfinite(value) and abs(value) <= _LARGEST else None for value in values.tolist()
    )

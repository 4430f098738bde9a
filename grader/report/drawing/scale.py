"""Axes: from numbers to places in a picture, and which numbers are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from grader.pictures import Picture, Series

_FAR = 3.0
"""A student's line may leave what else is there by this many times its height; what goes further is cut off."""

_MARGIN = 0.04


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its least and largest number, at 0 and at `length` of the picture's units."""

    low: float
    high: float
    length: float
    log: bool = False

    def at(self, value: float) -> float:
        """Place a number; far outside of the axis it stays near it, so that the picture's numbers are short."""
        low, high, value = (_log(one) if self.log else one for one in (self.low, self.high, value))
        share = (value - low) / (high - low)
        return max(-2.0, min(3.0, share)) * self.length

    def holds(self, value: float) -> bool:
        """Tell whether a number lies on the axis."""
        return self.low <= value <= self.high


def axes_of(picture: Picture, width: float, height: float) -> tuple[Axis, Axis]:
    """Choose both axes so that all can be seen of what is worth it."""
    if picture.field is not None:
        field = picture.field
        return Axis(field.left, field.right, width), Axis(field.bottom, field.top, height)
    bars = bool(picture.ticks)
    xs = [-0.6, len(picture.ticks) - 0.4] if bars else [value for one in picture.series for value in numbers(one.x)]
    return _axis(xs, width, margin=0.0 if bars else 0.02), _y_axis(picture, height, bars=bars)


def numbers(values: Iterable[float | None]) -> list[float]:
    """Keep what is a number."""
    return [value for value in values if value is not None]


def ticks_of(axis: Axis, most: int = 6) -> list[tuple[float, str]]:
    """Choose round numbers on an axis, with what is written at each."""
    if axis.log:
        return _log_ticks(axis, most)
    step = _round_step((axis.high - axis.low) / most)
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    return [(at * step, short(at * step)) for at in range(first, min(last, first + 2 * most) + 1)]


def short(value: float) -> str:
    """Write a number in a few characters."""
    if value == 0 or abs(value) < 1e-250:
        return "0"
    text = f"{value:.4g}"
    if "e" not in text:
        return text
    mantissa, exponent = text.split("e")
    power = str(int(exponent)).translate(_RAISED)
    return f"10{power}" if mantissa == "1" else f"{mantissa}·10{power}"


_RAISED = str.maketrans("-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


def _y_axis(picture: Picture, height: float, *, bars: bool) -> Axis:
    def values(series: Iterable[Series]) -> list[float]:
        return [value for one in series for value in numbers(one.y) if not picture.log_y or value > 0]

    others = values(one for one in picture.series if one.role != "student")
    mine = values(one for one in picture.series if one.role == "student")
    if others and mine and not picture.log_y:
        low, high = min(others), max(others)
        reach = _FAR * ((high - low) or abs(high) or 1.0)
        mine = [max(low - reach, min(high + reach, value)) for value in mine]
    return _axis([*others, *mine, *([0.0] if bars else [])], height, log=picture.log_y)


def _axis(values: list[float], length: float, *, log: bool = False, margin: float = _MARGIN) -> Axis:
    if not values:
        return Axis(1.0, 10.0, length, log) if log else Axis(0.0, 1.0, length)
    low, high = min(values), max(values)
    if log:
        low, high = _log(low), _log(high)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        spare = 0.5 if log else abs(high) or 1.0
        low, high = low - spare, high + spare
    spare = margin * (high - low)
    low, high = low - spare, high + spare
    return Axis(10**low, 10**high, length, log) if log else Axis(low, high, length)


def _log(value: float) -> float:
    return math.log10(max(value, 1e-300))


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(rough, 1e-300)))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= rough * (1 - 1e-9)), 10 * power)


def _log_ticks(axis: Axis, most: int) -> list[tuple[float, str]]:
    first, last = math.ceil(_log(axis.low) - 1e-9), math.floor(_log(axis.high) + 1e-9)
    if last - first >= 1:
        every = max(1, -(-(last - first) // most))
        return [(10.0**at, short(10.0**at)) for at in range(first, last + 1, every)]
    values = [factor * 10.0**at for at in range(first - 2, last + 2) for factor in (1, 2, 5)]
    shown = [value for value in values if axis.holds(value)]
    return [(value, short(value)) for value in shown or (axis.low, axis.high)]

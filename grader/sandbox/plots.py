"""matplotlib as a worker has it: imported before the lockdown, unless nobody there can draw.

Where there is one submission alone, and no file of it speaks of figures, the import would be a sixth of all it costs.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

WORDS = (b"plot", b"pylab", b"draw", b"seaborn")
"""Code that draws has one of these in it: in the name of a library, or in that of a method that calls one for it."""


class Plots:
    """What a worker does with figures; with none of it, where it was left out."""

    def __init__(self) -> None:
        self._wanted = True
        self._figure: ModuleType | None = None

    def leave_out(self) -> None:
        """Do without: to be called before a worker's modules are imported."""
        self._wanted = False

    def prepare(self) -> None:
        """Import all of it now: after the lockdown our own files are out of reach."""
        if self._wanted:
            from grader.sandbox import figure

            self._figure = figure

    def is_figure(self, value: object) -> bool:
        """Tell a figure from any other object."""
        return self._figure is not None and isinstance(value, self._figure.Figure)

    def describe(self, value: Any, images: bool = True) -> dict[str, Any]:
        """Read a figure as plain data, as `grader.sandbox.figure` says."""
        if self._figure is None:
            raise TypeError(f"expected a matplotlib Figure, got {type(value).__name__}")
        described: dict[str, Any] = self._figure.describe_figure(value, images)
        return described

    def settings(self) -> dict[Any, Any]:
        """Copy matplotlib's settings."""
        return {} if self._figure is None else dict(self._figure.mpl.rcParams)

    def put_back(self, settings: dict[Any, Any]) -> None:
        """Close all figures, and give matplotlib these settings."""
        if self._figure is None:
            return
        mpl = self._figure.mpl
        self._figure.plt.close("all")
        if not dict.__eq__(mpl.rcParams, settings):  # a comparison costs 10 us, rcdefaults 300
            dict.update(mpl.rcParams, settings)


PLOTS = Plots()

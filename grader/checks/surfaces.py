"""Checks on a function of two variables: its values point by point, and its derivatives against its own values."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import torch

from grader.checks.assertions import as_tensor, assert_true
from grader.checks.remote import Remote
from grader.errors import CheckFailed, StudentRaised

_STEP = 0.01
"""For a central difference in float32: measured on a polynomial of degree 4 on [-6, 6], it is within 0.1."""

_MOST = 0.8
"""Share of points that must agree: at a kink, such as abs() has, no difference tells the slope."""


@dataclass(frozen=True)
class Probe:
    """Probe `(n,)` at which a function of two variables is judged, with the names of the two for messages."""

    x: torch.Tensor
    y: torch.Tensor
    names: tuple[str, str] = ("x", "y")

    def assert_values(
        self, found: Any, right: torch.Tensor, *, atol: float, rtol: float, what: str, hint: str | None = None
    ) -> None:
        """Assert one value for each point, and name the first point where it is wrong."""
        values = as_tensor(found, what, shape=right.shape, hint=hint)
        assert_true(not values.is_complex(), f"{what} should be real, but is of {values.dtype}.", hint=hint)
        values = values.double()
        wrong = ~((values - right).abs() <= atol + rtol * right.abs())
        if not bool(wrong.any()):
            return
        at = int(wrong.double().argmax())
        place = f"at {self.names[0]} = {self.x[at].item():.6g}, {self.names[1]} = {self.y[at].item():.6g}"
        sentence = f"{what} {place} should be {right[at].item():.6g}, but is {values[at].item():.6g}."
        raise CheckFailed(sentence, hint=hint)

    def slopes_agree(self, function: Remote, slopes: Any, axis: int) -> bool:
        """Whether derivatives are those of the function's own values, right or wrong: a central difference says so.

        A function that is flat has no slopes to speak of, and gives False.
        """
        dx, dy = (_STEP, 0.0) if axis == 0 else (0.0, _STEP)
        with suppress(StudentRaised, CheckFailed):
            found = as_tensor(slopes, "The derivative", shape=self.x.shape).double()
            forward = as_tensor(function(self.x + dx, self.y + dy), "The value", shape=self.x.shape).double()
            backward = as_tensor(function(self.x - dx, self.y - dy), "The value", shape=self.x.shape).double()
            difference = (forward - backward) / (2 * _STEP)
            agree = (found - difference).abs() <= 1 + 0.02 * difference.abs()
            return bool((difference.abs() > 1).any()) and float(agree.double().mean()) >= _MOST
        return False

"""The path of an optimizer over a surface of two coordinates: the right one, and those that mistakes give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch

from grader.checks.assertions import as_tensor
from grader.errors import CheckFailed

Slope = Callable[[torch.Tensor, torch.Tensor], Sequence[torch.Tensor]]
"""From two 0-d tensors to the two partial derivatives there."""

_FAR = 1e3
"""Beyond this a path has left the surface, and float32 differences have grown with it."""

_FORGETFUL = (
    "These steps are without memory. Call make_optimizer([u, v]) once, before the loop, and use what it returns: "
    "a new optimizer has forgotten the steps that came before."
)
SHARED_ROWS = "All rows are the same: write down copies, u.item() or u.detach().clone(). detach() alone shares memory."
_STILL = "The path never leaves its start: after backward(), optimizer.step() moves u and v."
_LOOP = "Use the optimizer that make_optimizer([u, v]) gives. Each step: zero_grad(), backward(), step(), a row."


@dataclass(frozen=True)
class Descent:
    """An optimizer, by its name in torch.optim and its options, and where it starts."""

    kind: str
    options: tuple[tuple[str, float], ...]
    start: tuple[float, float]

    @property
    def make(self) -> partial[torch.optim.Optimizer]:
        """What makes the optimizer for a list of parameters; it can be sent into a worker."""
        return partial(getattr(torch.optim, self.kind), **dict(self.options))

    def __str__(self) -> str:
        options = ", ".join(f"{name} {value:.4g}" for name, value in self.options)
        return f"{self.kind} with {options} from ({self.start[0]:.4g}, {self.start[1]:.4g})"

    def walk(self, steps: int, slope: Slope, *, clear: bool = True, anew: bool = False) -> torch.Tensor:
        """Walk downhill and return every point, `(steps + 1, 2)`, in float64.

        Two mistakes can be walked too: gradients that are not cleared, and an optimizer made anew for each step.
        """
        place = [torch.tensor(float(coordinate)) for coordinate in self.start]
        optimizer = self.make(place)
        rows = [torch.stack(place)]
        for _ in range(steps):
            for leaf, value in zip(place, slope(*place), strict=True):
                given = value.to(leaf.dtype, copy=True)
                leaf.grad = given if clear or leaf.grad is None else leaf.grad + given
            optimizer = self.make(place) if anew else optimizer
            optimizer.step()
            rows.append(torch.stack(place))
        return torch.stack(rows).double()

    def led_by(self, rows: torch.Tensor, slopes: torch.Tensor, *, atol: float) -> bool:
        """Whether rows are where the optimizer goes from the start, given the slopes `(n, 2)` at the first n of them.

        At least three rows must lie apart: where the slope is 0, or not a number, nothing is to be seen.
        """
        place = [torch.tensor(float(coordinate)) for coordinate in self.start]
        optimizer = self.make(place)
        walked = [torch.stack(place)]
        for slope in slopes[: len(rows) - 1]:
            for leaf, value in zip(place, slope, strict=True):
                leaf.grad = value.to(leaf.dtype, copy=True)
            optimizer.step()
            walked.append(torch.stack(place))
        walk = torch.stack(walked).double()
        moves = len(walk) >= 3 and bool((walk[1:] != walk[:-1]).any(1).all())
        return moves and torch.allclose(rows[: len(walk)], walk, atol=atol, rtol=1e-4)

    def assert_rows(self, rows: torch.Tensor, wanted: torch.Tensor, slope: Slope, *, atol: float) -> None:
        """Assert that rows are those wanted, or say which is the first that is not, and why that may be."""
        wrong = ~((rows - wanted).abs() <= atol).all(1)
        if not bool(wrong.any()):
            return
        row = int(wrong.double().argmax())
        raise CheckFailed(
            f"{self}: row {row} of the path should be {point_text(wanted[row])}, but is {point_text(rows[row])}.",
            hint=self.explain(rows, slope, atol=atol) or _LOOP,
        )

    def explain(self, rows: torch.Tensor, slope: Slope, *, atol: float) -> str | None:
        """Name the mistake that gives the same first rows, as a hint for the student."""
        steps = min(6, len(rows)) - 1
        if steps < 2:
            return None

        def same(walk: torch.Tensor) -> bool:
            return bool(((rows[: steps + 1] - walk).abs() <= atol).all())

        if bool((rows == rows[0]).all()):
            still = same(torch.tensor(self.start, dtype=torch.float64).expand(steps + 1, 2))
            return _STILL if still else SHARED_ROWS
        if same(self.walk(steps, slope, clear=False)):
            return "Gradients add up in .grad until they are cleared: call optimizer.zero_grad() in every step."
        if same(self.walk(steps, slope, anew=True)):
            return _FORGETFUL
        if same(self.walk(steps, lambda u, v: slope(u, v)[::-1])):
            return "The derivatives by u and by v are swapped."
        return None


def in_sight(rows: torch.Tensor, most: int) -> torch.Tensor:
    """Return the first rows, as far as they have not left the surface."""
    lost = ~(rows[:most].abs() < _FAR).all(1)
    return rows[: int(lost.double().argmax())] if bool(lost.any()) else rows[:most]


_MOST_ROWS = 100_000


def as_path(value: Any, what: str, shape: str) -> torch.Tensor:
    """Expect a tensor of rows of two floats, `(n, 2)`, in float64; NaN and Inf are left to the comparison."""
    hint = "torch.tensor(rows) makes one of a list of pairs of floats, torch.stack(rows) of a list of tensors."
    found = as_tensor(value, what, hint=hint)
    if found.dim() != 2 or found.shape[1] != 2:
        turn = "One row for each point, its coordinates side by side: .T turns a table, stack(..., dim=1) makes it so."
        raise CheckFailed(f"{what} should have shape {shape}, but has {tuple(found.shape)}.", hint=turn)
    if len(found) > _MOST_ROWS:
        raise CheckFailed(f"{what} has {len(found)} rows, far more than there are steps.", hint=hint)
    if not found.dtype.is_floating_point:
        raise CheckFailed(f"{what} should hold floats, but is of {found.dtype}.", hint=hint)
    return found.double()


def point_text(row: torch.Tensor) -> str:
    """Write a point for a message."""
    return f"({row[0].item():.5g}, {row[1].item():.5g})"

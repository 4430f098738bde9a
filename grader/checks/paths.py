"""The path of an optimizer over a surface of two coordinates: the right one, and those that mistakes give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import torch

Slope = Callable[[torch.Tensor, torch.Tensor], Sequence[torch.Tensor]]
"""From two 0-d tensors to the two partial derivatives there."""


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
                leaf.grad = value.clone() if clear or leaf.grad is None else leaf.grad + value
            optimizer = self.make(place) if anew else optimizer
            optimizer.step()
            rows.append(torch.stack(place))
        return torch.stack(rows).double()

    def explain(self, rows: torch.Tensor, slope: Slope, *, atol: float) -> str | None:
        """Name the mistake that gives the same first rows, as a hint for the student."""
        steps = min(6, len(rows)) - 1

        def same(walk: torch.Tensor) -> bool:
            return steps > 1 and bool(((rows[: steps + 1] - walk).abs() <= atol).all())

        if len(rows) > 1 and bool((rows == rows[0]).all()):
            return "All rows are the same. Write down copies: u.item() or u.detach().clone(); detach() shares memory."
        if same(self.walk(steps, slope, clear=False)):
            return (
                "Gradients add up in .grad until they are cleared: call optimizer.zero_grad() in every step."
            )
        if same(self.walk(steps, slope, anew=True)):
            return "Make the optimizer once, before the loop: a new one has forgotten the steps that came before."
        if same(self.walk(steps, lambda u, v: slope(u, v)[::-1])):
            return "The derivatives by u and by v are swapped."
        return None

"""Checks on training loops: short runs that are followed step by step beside the reference."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from grader.checks.assertions import as_float, as_tensor
from grader.checks.remote import CallResult, Remote
from grader.errors import CheckFailed

Train = Callable[..., list[float]]
"""A reference: `train(model, x, y, lr=..., max_epochs=..., target=...)` returns the losses."""


@dataclass(frozen=True)
class ShortTraining:
    """A training that ends by `max_epochs` and by `target` at the same epoch, and how the reference does it.

    So a loop that disregards one of the two ends all the same, and loses only the check of that one.
    `losses` holds one loss for each epoch; the last is the first below `target`.
    """

    model: nn.Sequential
    x: torch.Tensor
    y: torch.Tensor
    settings: dict[str, float]
    losses: list[float]

    @property
    def target(self) -> float:
        """The loss to fall below."""
        return self.settings["target"]

    def run(self, train: Remote, **changes: float | None) -> CallResult:
        """Train a copy of the model with the student's function; a setting of None is left to its default."""
        settings = {name: value for name, value in {**self.settings, **changes}.items() if value is not None}
        return train.call((self.model, self.x, self.y), settings)

    def losses_of(self, train: Remote, **changes: float | None) -> list[float]:
        """Train and read the losses."""
        return read_losses(self.run(train, **changes).value)

    def weights_after(self, train: Train, epochs: int) -> dict[str, torch.Tensor]:
        """Give the weights that the reference has after so many steps."""
        model = copy.deepcopy(self.model)
        train(model, self.x, self.y, lr=self.settings["lr"], max_epochs=epochs, target=0.0)
        return {name: value.detach() for name, value in model.named_parameters()}


def short_training(
    train: Train, model: nn.Sequential, x: torch.Tensor, y: torch.Tensor, *, lr: float, epochs: int
) -> ShortTraining:
    """Train a copy of the model with the reference, whose loss must fall to its lowest in the last epoch."""
    losses = train(copy.deepcopy(model), x, y, lr=lr, max_epochs=epochs, target=0.0)
    if not losses[-1] < min(losses[:-1]):
        raise ValueError("the loss of a short training must end at its lowest: take a smaller learning rate")
    settings = {"lr": lr, "max_epochs": epochs, "target": (losses[-1] + min(losses[:-1])) / 2}
    return ShortTraining(model, x, y, settings, losses)


_MOST_LOSSES = 100_000
"""More is no list of losses, and an object for each would fill the memory of the process that decides."""


def read_losses(value: Any) -> list[float]:
    """Read losses whatever they are held in: that they are floats in a list is for one check alone to say."""
    size = value.numel() if isinstance(value, torch.Tensor) else len(value) if isinstance(value, (list, tuple)) else 0
    if size > _MOST_LOSSES:
        raise CheckFailed(f"The list of losses has {size} entries; one an epoch is expected.")
    items = value.detach().reshape(-1).tolist() if isinstance(value, torch.Tensor) else value
    if not isinstance(items, (list, tuple)):
        raise CheckFailed("The list of losses did not come back.", hint="Append each loss, and return the list.")
    return [_number(item) for item in items]


def _number(item: Any) -> float:
    if isinstance(item, torch.Tensor) and item.numel() == 1 and not item.is_complex():
        return float(item)
    return as_float(item, "A loss")


def assert_trained(
    state: Mapping[str, Any], before: nn.Module, wanted: list[dict[str, torch.Tensor]], *, atol: float, hint: str
) -> None:
    """Assert that weights after training are one of `wanted`, and say apart that they were not touched at all."""
    found = {
        name: as_tensor(state.get(name), f"The parameter {name}", shape=value.shape, dtype=value.dtype)
        for name, value in before.named_parameters()
    }
    if all(torch.equal(found[name], value) for name, value in before.named_parameters()):
        raise CheckFailed(
            "The weights of the model that was given have not changed.",
            hint="Train that very model: not a copy of it, nor a new one.",
        )
    gap = min(max(_gap(found[name], value) for name, value in weights.items()) for weights in wanted)
    if not gap <= atol:
        raise CheckFailed(f"After training, the weights are off from the right ones by up to {gap:.3g}.", hint=hint)


def _gap(found: torch.Tensor, expected: torch.Tensor) -> float:
    return (found - expected).abs().nan_to_num(nan=math.inf).max().item()


def declared_default(function: Remote, name: str) -> float | None:
    """Read a number's default from a signature, as the worker claims it; None where it cannot be seen."""
    rows = function.operate("signature")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("name") == name and type(row.get("default")) in (int, float):
            return float(row["default"])
    return None

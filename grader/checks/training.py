"""Checks on training loops: short runs that are followed step by step beside the reference."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
import torch
from torch import nn

from grader.checks.assertions import as_float, as_module, as_tensor
from grader.checks.remote import CallResult, Remote
from grader.checks.student import aside
from grader.errors import CheckFailed

Model = TypeVar("Model", bound=nn.Module)

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
        """Train and read the losses, whatever they are."""
        return read_losses(self.run(train, **changes).value)

    def true_losses(self, train: Remote, **changes: float | None) -> list[float]:
        """Train and read the losses, which must be those of a training: `assert_told_truly`."""
        result = self.run(train, **changes)
        losses = read_losses(result.value)
        self.assert_told_truly(losses, result, train, **changes)
        return losses

    def assert_told_truly(
        self, losses: list[float], result: CallResult, train: Remote, **changes: float | None
    ) -> None:
        """Assert that losses are the reference's, or else that the loss of the model that was given went with them.

        The first is for a loop that is right but trains a copy, the second for one that is wrong in another way.
        """
        reference = zip(losses, self.losses, strict=False)
        # Rounding; right loops differ by 1e-6 after 25 steps.
        if len(losses) <= len(self.losses) and all(abs(loss - right) <= 1e-4 * right for loss, right in reference):
            return

        def loss_after(steps: int) -> float:
            with aside(train):
                return self._loss_after(self.run(train, **{**changes, "max_epochs": steps}))

        assert_loss_went(losses, loss_of(self.model, self.x, self.y), self._loss_after(result), loss_after)

    def _loss_after(self, result: CallResult) -> float:
        after = trained(as_module(result.args[0], "The model").state(), self.model)
        return loss_of(after, self.x, self.y)

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
    value = torch.from_numpy(value) if isinstance(value, np.ndarray) else value
    size = value.numel() if isinstance(value, torch.Tensor) else len(value) if isinstance(value, (list, tuple)) else 0
    if size > _MOST_LOSSES:
        raise CheckFailed(f"The list of losses has {size} entries; one an epoch is expected.")
    items = value.detach().reshape(-1).tolist() if isinstance(value, torch.Tensor) else value
    if not isinstance(items, (list, tuple)):
        raise CheckFailed("The list of losses did not come back.", hint="Append each loss, and return the list.")
    return [_number(item) for item in items]


def _number(item: Any) -> float:
    item = torch.from_numpy(item) if isinstance(item, np.ndarray) else item
    if isinstance(item, torch.Tensor) and item.numel() == 1 and not item.is_complex():
        return float(item)
    return as_float(item, "A loss")


def trained(state: Mapping[str, Any], before: Model) -> Model:
    """Give a copy of a model of ours the weights that it had after a training."""
    model = copy.deepcopy(before)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(as_tensor(state.get(name), f"The parameter {name}", shape=parameter.shape))
    return model


def loss_of(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Compute the mean squared error of a model of ours."""
    with torch.no_grad():
        return nn.functional.mse_loss(model(x), y).item()


_SHARE_SEEN = 0.3
"""A model has gone at least this share of the way that the list tells; measured: 0.87 and more for SGD with and
without momentum, Adam, minibatches, half a mean, a sum, 0.43 where gradients add up. One that was not trained has
gone nothing of it."""


def assert_loss_went(
    losses: Sequence[float], before: float, after: float, loss_after: Callable[[int], float] | None = None
) -> None:
    """Assert that the loss of a model went the way that a list of losses tells, from its first to its last.

    The two are compared as ratios, so that half a mean or a sum tells as much as a mean. The model may have gone
    further than the list: by the last step, or where the first entry is a mean over an epoch. Losses may swing, as
    where gradients add up, and then the two ends tell little: there `loss_after` trains anew, so many steps, and the
    first entry, the last, and the one that is furthest from the first have to be what it gives.
    """
    if len(set(losses)) < 2:
        return
    heights = [_height(loss) for loss in losses]
    told, seen = heights[0] - heights[-1], _height(before) - _height(after)
    if told * seen > 0 and abs(seen) >= _SHARE_SEEN * abs(told):
        return
    if loss_after is None or not _swings(losses, heights, before, cache(loss_after)):
        raise CheckFailed(
            f"The list of losses goes from {losses[0]:.4g} to {losses[-1]:.4g}, but the loss of the model that was "
            f"given is {before:.4g} before and {after:.4g} after the training.",
            hint="Train the model that is given, and record the loss that it has in each epoch.",
        )


_MOVED = 0.01
"""Of the logarithm of a loss: losses that all lie closer to the first tell of no training."""


def _swings(
    losses: Sequence[float], heights: Sequence[float], before: float, loss_after: Callable[[int], float]
) -> bool:
    """Whether losses are the model's, each right before its step or each right after it, or all in one proportion."""
    furthest = max(range(len(losses)), key=lambda place: abs(heights[place] - heights[0]))
    places = (0, len(losses) - 1, furthest)
    return abs(heights[furthest] - heights[0]) >= _MOVED and (
        _are(losses, places, lambda place: loss_after(place) if place else before)
        or _are(losses, places, lambda place: loss_after(place + 1))
    )


def _are(losses: Sequence[float], places: Sequence[int], loss_at: Callable[[int], float]) -> bool:
    first = loss_at(0)
    scale = losses[0] / first if first > 0 and math.isfinite(first) else math.nan
    return all(abs(losses[place] - scale * loss_at(place)) <= 1e-3 * abs(losses[place]) < math.inf for place in places)


def _height(loss: float) -> float:
    """Take the logarithm, within bounds: NaN and Inf are as high as it goes, and no mean of squares is below 0."""
    return math.log(max(loss, 1e-38)) if loss < 1e38 else math.log(1e38)


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
            fact="unchanged",
        )
    gap = min(max(_gap(found[name], value) for name, value in weights.items()) for weights in wanted)
    if not gap <= atol:
        raise CheckFailed(f"After training, the weights are off from the right ones by up to {gap:.3g}.", hint=hint)


def likeness(some: nn.Module, others: nn.Module) -> float:
    """Compute the cosine between the weights of two models of one kind, all of them in one row."""
    one, two = (torch.cat([p.detach().reshape(-1).double() for p in m.parameters()]) for m in (some, others))
    return float(nn.functional.cosine_similarity(one, two, dim=0))


def _gap(found: torch.Tensor, expected: torch.Tensor) -> float:
    return (found - expected).abs().nan_to_num(nan=math.inf).max().item()


def declared_default(function: Remote, name: str) -> float | None:
    """Read a number's default from a signature, as the worker claims it; None where it cannot be seen."""
    rows = function.operate("signature")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("name") == name and type(row.get("default")) in (int, float):
            return float(row["default"])
    return None

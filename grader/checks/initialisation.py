"""Checks on initialisation: what `model.apply(init_weights)` makes of a model of ours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import nn

from grader.checks.assertions import as_tensor
from grader.checks.facts import Within
from grader.errors import CheckFailed

_ENOUGH = 10_000
"""Weights that it takes to tell one distribution from another."""


@dataclass(frozen=True)
class InitialisedLinear:
    """A linear layer of a model of ours, and its parameters after `model.apply(init_weights)`."""

    layer: nn.Linear
    name: str
    state: Mapping[str, torch.Tensor]

    @property
    def label(self) -> str:
        """What to call the layer."""
        return f"a Linear({self.layer.in_features}, {self.layer.out_features})"

    @property
    def bias(self) -> torch.Tensor:
        """The bias as it is now."""
        return as_tensor(self.state.get(f"{self.name}.bias"), f"The bias of {self.label}", shape=self.layer.bias.shape)

    def new_weight(self, what: str | None = None, *, hint: str) -> torch.Tensor:
        """Give the weight as it is now; fails where some of it is what it was before."""
        what = what or self.label
        weight = as_tensor(
            self.state.get(f"{self.name}.weight"), f"The weight of {what}", shape=self.layer.weight.shape
        )
        if bool((weight == self.layer.weight).any()):
            message = f"The weights of {what} are left as they were."
            raise CheckFailed(message, hint=hint, fact=(tuple(weight.shape), "left"))
        return weight

    def assert_zero_bias(self, *, hint: str) -> None:
        """Assert that the bias is zero throughout."""
        if bool((self.bias == 0).all()):
            return
        before = self.layer.bias.detach()
        if torch.equal(self.bias, before):
            fact: object = "left"
        else:
            fact = self.bias[0].item() if bool((self.bias == self.bias[0]).all()) else "numbers of all kinds"
        raise CheckFailed(f"The bias of {self.label} is not zero.", hint=hint, fact=(tuple(before.shape), fact))

    def assert_xavier_uniform(self, *, hint: str) -> None:
        """Assert that the weights are spread evenly over the interval of Xavier's rule, gain 1."""
        bound = math.sqrt(6 / (self.layer.in_features + self.layer.out_features))
        weight = self.new_weight(hint=hint).double()
        wanted = f"The weights of {self.label} should lie evenly between -{bound:.4f} and {bound:.4f}"
        fact = _spread_of(weight / bound)
        largest = weight.abs().max().item()
        # 1e-6 is rounding. Of 10,000 uniform values none lies above 0.995 of the bound once in 1e21.
        if not largest <= bound * (1 + 1e-6):
            raise CheckFailed(f"{wanted}, but reach {largest:.4f}.", hint=hint, fact=fact)
        if weight.numel() < _ENOUGH:
            return
        if largest < 0.995 * bound:
            raise CheckFailed(f"{wanted}, but reach only {largest:.4f}.", hint=hint, fact=fact)
        # Kolmogorov and Smirnov: an even spread is further away than 4 / sqrt(count) once in 1e13.
        expected = torch.linspace(-bound, bound, weight.numel(), dtype=torch.float64)
        gap = (weight.reshape(-1).sort().values - expected).abs().max().item() / (2 * bound)
        if not gap <= 4 / math.sqrt(weight.numel()):
            raise CheckFailed(f"{wanted}, but crowd in some places.", hint=hint, fact=fact)
        # Neighbours have nothing to do with each other: a correlation beyond 6 / sqrt(count) comes once in 5e8.
        for one, two in ((weight[1:], weight[:-1]), (weight[:, 1:], weight[:, :-1])):
            if abs((one * two).mean().item()) / (bound**2 / 3) > 6 / math.sqrt(one.numel()):
                raise CheckFailed(f"{wanted} at random, but each goes with the one beside it.", hint=hint)


def _spread_of(weight: torch.Tensor) -> Within | None:
    """Say how many numbers are spread, whatever was drawn: of two draws of 10,000, each is within 2 % of the other.

    Their mean, with 1 added, their size, and their flatness: 0.87 for an even spread, 0.80 for a normal one.
    """
    if weight.numel() < _ENOUGH:
        return None
    size = weight.square().mean().sqrt().item()
    flatness = weight.abs().mean().item() / size if size else 0.0
    return Within((1 + weight.mean().item(), size, flatness), rtol=0.03)


def linear_layers(model: nn.Module, state: Mapping[str, torch.Tensor]) -> Iterator[InitialisedLinear]:
    """Yield the linear layers of a model of ours, each with its parameters after the student's function."""
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear):
            yield InitialisedLinear(layer, name, state)

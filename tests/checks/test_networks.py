"""What a check of a network sees, where the network does not compute what it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
import torch
from torch import nn

from grader.checks.facts import AnyOf
from grader.checks.networks import randomized, transplant
from grader.checks.remote import ParameterInfo, RemoteModule
from grader.errors import CheckFailed


class _Fake:
    """A network with one Linear(1, 1), and something else in place of its forward."""

    def __init__(self, forward: Callable[[torch.Tensor], torch.Tensor]) -> None:
        self._forward = forward

    def parameters(self) -> list[ParameterInfo]:
        """List the weight and the bias."""
        return [
            ParameterInfo(name, shape, "float32", requires_grad=True, storage=number, owner=("Linear", "Module"))
            for number, (name, shape) in enumerate({"weight": (1, 1), "bias": (1,)}.items())
        ]

    def outputs_with(self, x: torch.Tensor, weights: list[dict[str, torch.Tensor]]) -> list[torch.Tensor]:
        """Compute the output once for each set of weights, which do not matter."""
        return [self._forward(x) for _ in weights]


def _fact_of(forward: Callable[[torch.Tensor], torch.Tensor]) -> object:
    reference = nn.Sequential(nn.Linear(1, 1))
    randomized(reference, 0)
    with pytest.raises(CheckFailed) as caught:
        transplant(cast(RemoteModule, _Fake(forward)), reference, torch.linspace(-1, 1, 5).reshape(5, 1), atol=1e-5)
    return caught.value.fact


def test_what_it_computes_is_the_fact() -> None:
    """By what a network computes, known mistakes are told."""
    fact = _fact_of(lambda x: 3 * x)

    assert isinstance(fact, AnyOf)
    assert all(torch.equal(face, 3 * torch.linspace(-1, 1, 5).reshape(5, 1)) for face in fact.faces)


def test_one_output_for_all_inputs_tells_nothing() -> None:
    """Zeros are what many a mistake computes with some weights, so nobody is told by them."""
    assert _fact_of(torch.zeros_like) == "constant"

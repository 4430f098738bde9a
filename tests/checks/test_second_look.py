"""A network whose slope disagrees is looked at twice more: a step may have crossed a kink of ReLU."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from grader.checks.draw import Draw
from grader.checks.gradients import assert_module_gradients
from grader.errors import CheckFailed

ours = importlib.import_module("grader.checks.gradients")  # of the package, `gradients` is the function

GOOD, BAD = (1.0, 1.0), (1.0, 9.0)


class _Module:
    """Stands for a student's network of one weight."""

    def state(self) -> dict[str, torch.Tensor]:
        return {"weight": torch.ones(2, 2)}

    def load(self, _weights: Any) -> None:
        pass

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return x


@pytest.mark.parametrize(
    ("looks", "passes"),
    [([GOOD], True), ([BAD, GOOD, GOOD], True), ([BAD, GOOD, BAD], False), ([BAD, BAD], False)],
)
def test_a_kink_costs_nothing_and_a_wrong_gradient_does(
    looks: list[tuple[float, float]], passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It passes where the first look agrees, or else both others do; one agreement by chance is not enough."""
    left = iter(looks)
    found = SimpleNamespace(differentiable=True, parameters={"weight": torch.ones(2, 2)})
    monkeypatch.setattr(ours, "gradients", lambda *_: found)
    monkeypatch.setattr(ours, "_slopes", lambda *_: next(left))
    module: Any = _Module()

    if passes:
        assert_module_gradients(module, torch.ones(1, 2), Draw(0))
    else:
        with pytest.raises(CheckFailed, match="By the gradients the slope is 1, by the outputs 9"):
            assert_module_gradients(module, torch.ones(1, 2), Draw(0))
    assert list(left) == []

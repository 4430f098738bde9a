"""Checks on what a network does with a batch, whatever it computes."""

from __future__ import annotations

import torch

from grader.checks.assertions import as_tensor, assert_true
from grader.checks.draw import Draw
from grader.checks.remote import RemoteModule

_HINT = "Layers that are made in forward are new in every call: make them in __init__. And there is no Dropout here."


def assert_maps_columns(net: RemoteModule, draw: Draw, *, name: str) -> None:
    """Assert that a network maps `(B, 1)` to `(B, 1)` in float32, by its parameters, and the same in each call."""
    for batch in (1, 17):
        y = net(draw.tensor(batch, 1, low=-3, high=3))
        as_tensor(y, f"The output for a batch of {batch}", shape=(batch, 1), dtype=torch.float32)
        message = "The output does not depend on any parameter, so nothing can be learnt."
        assert_true(y.requires_grad, message, fact="cut off")
    x = draw.tensor(5, 1, low=-3, high=3)
    first, second = (as_tensor(net(x), "The output", shape=(5, 1)) for _ in "12")
    message = f"{name} gives another output each time that it is called with the same input."
    assert_true(torch.equal(first, second), message, hint=_HINT, fact="varies")

"""Let optimizers do without torch._dynamo: importing it costs as much CPU as torch, and 70 MB in every fork.

The first optimizer of a process imports it, to say that its methods are not to be compiled. Where nothing is
compiled that has no effect. What torch does elsewhere is untouched: torch.compile still imports it when asked.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch.optim import optimizer as optimizers

_UNTRACED = ("add_param_group", "load_state_dict", "state_dict", "zero_grad")


def optimizers_without_dynamo() -> None:
    """Change torch's optimizers so that they work as ever, eagerly; what is unknown here is left as it is."""
    for name in _UNTRACED:
        plain = getattr(getattr(torch.optim.Optimizer, name), "__wrapped__", None)
        if plain is not None:
            plain.__dynamo_disable = plain  # where torch._disable_dynamo keeps what it would make by the import
    torch_wrapper: Any = getattr(optimizers, "_use_grad_for_differentiable", None)
    if torch_wrapper is None:
        return
    wrapped_by_torch = torch_wrapper(_nothing).__code__
    for kind in _kinds(torch.optim.Optimizer):
        step = vars(kind).get("step")
        if step is not None and getattr(step, "__code__", None) is wrapped_by_torch:
            kind.step = _step(step.__wrapped__)  # type: ignore[method-assign]  # what this is about
    optimizers._use_grad_for_differentiable = _step  # type: ignore[assignment]  # for optimizers yet to come


def _step(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a step as torch does, without its marks for the compiler."""

    @functools.wraps(function)
    def step(self: torch.optim.Optimizer, *args: Any, **kwargs: Any) -> Any:
        before = torch.is_grad_enabled()
        try:
            torch.set_grad_enabled(self.defaults["differentiable"])
            return function(self, *args, **kwargs)
        finally:
            torch.set_grad_enabled(before)

    return step


def _nothing() -> None:
    """Be wrapped, to see what torch's wrapper looks like."""


def _kinds(kind: type[torch.optim.Optimizer]) -> list[type[torch.optim.Optimizer]]:
    return [kind, *(deeper for below in kind.__subclasses__() for deeper in _kinds(below))]

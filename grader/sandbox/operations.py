"""What a worker can do with an object of the student's, besides calling it: a closed list.

Each operation takes the object and returns plain values or tensors. They collect; the comparing is done on
the trusted side, which knows that any answer may be made up.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from grader.sandbox.checkpoints import checkpoint
from grader.sandbox.plots import PLOTS


def kind_of(value: object) -> str:
    """Name the kind of an object that stays in the worker."""
    if isinstance(value, nn.Module):
        return "module"
    if isinstance(value, torch.optim.Optimizer):
        return "optimizer"
    if PLOTS.is_figure(value):
        return "figure"
    return "callable" if callable(value) else "object"


def inventory(module: nn.Module) -> list[dict[str, Any]]:
    """List every parameter once: name, shape, dtype, whether it is trained, the storage it lives in, its owner."""
    _expect_module(module)
    storages: dict[int, int] = {}
    rows = []
    for prefix, owner in module.named_modules():
        for name, parameter in owner.named_parameters(recurse=False):
            rows.append(
                {
                    "name": f"{prefix}.{name}" if prefix else name,
                    "shape": tuple(parameter.shape),
                    "dtype": str(parameter.dtype).removeprefix("torch."),
                    "requires_grad": parameter.requires_grad,
                    "storage": storages.setdefault(parameter.data_ptr(), len(storages)),
                    "owner": [kind.__name__ for kind in type(owner).__mro__],
                }
            )
    return rows


def submodules(module: nn.Module) -> list[dict[str, Any]]:
    """List the module and everything registered below it: name, class names (own first), training mode."""
    _expect_module(module)
    return [
        {"name": name, "types": [kind.__name__ for kind in type(child).__mro__], "training": child.training}
        for name, child in module.named_modules()
    ]


def state(module: nn.Module) -> dict[str, torch.Tensor]:
    """Copy the values of all parameters, by name."""
    _expect_module(module)
    return {name: parameter.detach().clone() for name, parameter in module.named_parameters()}


def buffers(module: nn.Module) -> dict[str, torch.Tensor]:
    """Copy the values of all buffers, by name."""
    _expect_module(module)
    return {name: buffer.detach().clone() for name, buffer in module.named_buffers()}


def load(module: nn.Module, weights: dict[str, torch.Tensor]) -> None:
    """Write values into the parameters that are named, in place."""
    own = dict(module.named_parameters())
    with torch.no_grad():
        for name, value in weights.items():
            own[name].copy_(value)


def outputs_with(module: nn.Module, x: torch.Tensor, weights: list[dict[str, torch.Tensor]]) -> list[Any]:
    """Write one set of values after another into the parameters, and call the module with each."""
    found = []
    for values in weights:
        load(module, values)
        found.append(module(x))
    return found


def apply(module: nn.Module, function: Callable[[nn.Module], None]) -> None:
    """Call `module.apply(function)`."""
    module.apply(function)


def apply_to(function: Callable[[nn.Module], None], module: nn.Module) -> nn.Module:
    """Call `module.apply(function)` on a module that was sent in, and return that module."""
    return module.apply(function)


def trainee(function: object, model: nn.Module, optimizer: Callable[..., object]) -> dict[str, object]:  # noqa: ARG001 - the target
    """Keep a module that was sent in, and an optimizer over its parameters, for calls of `function` to take."""
    return {"model": model, "optimizer": optimizer(model.parameters())}


def train_mode(module: nn.Module, mode: bool) -> None:
    """Switch between training and evaluation."""
    module.train(mode)


def gradients(
    function: Any, args: list[Any], weights: torch.Tensor | None = None, kwargs: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Differentiate sum(weights * output): by every floating argument, and by every parameter of a module."""
    leaves = [_leaf(arg) for arg in args]
    if isinstance(function, nn.Module):
        function.zero_grad()
    output = function(*leaves, **(kwargs or {}))
    if not isinstance(output, torch.Tensor):
        return {"output": output, "inputs": [], "parameters": {}, "differentiable": False}
    if not output.requires_grad:
        return {"output": output.detach(), "inputs": [], "parameters": {}, "differentiable": False}
    direction = torch.ones_like(output) if weights is None else weights.to(output.dtype).reshape(output.shape)
    # Given a direction, torch.autograd would import sympy: 0.4 s.
    (output * direction).sum().backward()  # type: ignore[no-untyped-call]  # torch's own
    named = function.named_parameters() if isinstance(function, nn.Module) else ()
    return {
        "output": output.detach(),
        "inputs": [leaf.grad if isinstance(leaf, torch.Tensor) else None for leaf in leaves],
        "parameters": {name: parameter.grad for name, parameter in named},
        "differentiable": True,
    }


def _leaf(arg: Any) -> Any:
    if isinstance(arg, torch.Tensor) and arg.dtype.is_floating_point:
        return arg.detach().clone().requires_grad_(True)
    return arg


def each(function: Callable[..., Any], calls: list[tuple[Any, ...] | dict[str, Any]], no_grad: bool) -> list[object]:
    """Call a function several times, with arguments by place or by name, and list what it gives each time."""
    found = []
    for call in calls:
        with torch.set_grad_enabled(not no_grad):
            value = function(**call) if isinstance(call, dict) else function(*call)
        found.append(_kept(value))
    return found


def _kept(value: object) -> object:
    """Copy tensors and arrays, in lists and tuples too: the next call may write into them."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(_kept, value))  # type: ignore[call-arg, call-overload]  # narrowed by exact type
    return value


def call_from(function: Callable[..., Any], random_state: torch.Tensor, kwargs: dict[str, Any]) -> object:
    """Call a function where torch's random stream is in a given state: what it draws is then known beforehand."""
    torch.set_rng_state(random_state)
    return function(**kwargs)


def value(found: object) -> object:
    """Return the thing itself: a constant of the submission's, or a handle to it."""
    return found


def signature(function: Any) -> list[dict[str, Any]]:
    """List the parameters of a function or class: name, kind, and the default where it is a plain value."""
    rows = []
    for parameter in inspect.signature(function).parameters.values():
        default = None if parameter.default is inspect.Parameter.empty else parameter.default
        rows.append({"name": parameter.name, "kind": parameter.kind.name, "default": default})
    return rows


def _expect_module(module: object) -> None:
    if not isinstance(module, nn.Module):
        raise TypeError(f"expected an nn.Module, got {type(module).__name__}")


OPERATIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        inventory, submodules, state, buffers, load, outputs_with, apply, apply_to, trainee, train_mode, gradients,
        each, call_from, value, checkpoint, signature,
    )
} | {"describe_figure": PLOTS.describe}  # fmt: skip

"""Proxies: what a check holds in place of the student's module, functions, networks and figures.

A call goes to the worker and a plain value comes back, or another proxy. `as_tensor`, `as_module` and their
kin (in `assertions`) turn what came back into what the check expects, or fail the check in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from grader.checks.session import Session
from grader.errors import StudentCrashed, StudentRaised
from grader.sandbox import values, wire

_MOST_NUMBERS = wire.MAX_FRAME // 8
"""Numbers in the state of a module: what was read must fit into a frame, in float64, to be written back."""


class Remote:
    """Something that lives in the worker."""

    def __init__(self, session: Session, target: wire.Name | wire.Handle) -> None:
        self._session = session
        self._target = target
        self._generation = session.generation
        self._imports = session.imports

    def wire_target(self) -> wire.Name | wire.Handle:
        """Return what names this object on the wire; a handle is good for the check that got it alone."""
        if isinstance(self._target, wire.Handle):
            if self._generation != self._session.generation:
                raise RuntimeError("a handle is good within one check alone; a shared fixture must return plain values")
            if self._imports != self._session.imports:  # its number may mean another object by now
                raise StudentCrashed("The process of the submitted code has ended, and with it what it had made.")
        return self._target

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker, and return its value."""
        return self.decode(self._call(args, kwargs).value)

    def call(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any] | None = None,
        *,
        no_grad: bool = False,
        inference: bool = False,
    ) -> CallResult:
        """Call it, and return its value together with the arguments as they are afterwards."""
        reply = self._call(args, kwargs or {}, no_grad=no_grad, inference=inference, keep_args=True)
        if reply.args is None or len(reply.args) != len(args) + len(kwargs or {}):
            raise StudentRaised("The submitted code gave an answer of the wrong kind.")
        return CallResult(self.decode(reply.value), [self.decode(item) for item in reply.args])

    def _call(
        self,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        no_grad: bool = False,
        inference: bool = False,
        keep_args: bool = False,
    ) -> wire.Returned:
        encode = self._session.encode
        return self._session.send(
            lambda number: wire.Call(
                number,
                self.wire_target(),
                tuple(encode(arg) for arg in args),
                {name: encode(value) for name, value in kwargs.items()},
                keep_args=keep_args,
                no_grad=no_grad,
                inference=inference,
            )
        )

    def each(self, *calls: tuple[Any, ...] | dict[str, Any], no_grad: bool = False) -> list[Any]:
        """Call it with several sets of arguments, by place or by name, in one round trip; return all values.

        What one of the calls raises is raised, whatever the others gave.
        """
        found = self.operate("each", calls=list(calls), no_grad=no_grad)
        if not isinstance(found, list) or len(found) != len(calls):
            raise StudentRaised("The submitted code gave an answer of the wrong kind.")
        return found

    def operate(self, operation: str, **kwargs: Any) -> Any:
        """Run one of the worker's own operations on it (`sandbox/operations.py`)."""
        encode = self._session.encode
        reply = self._session.send(
            lambda number: wire.Operate(
                number, operation, self.wire_target(), {name: encode(value) for name, value in kwargs.items()}
            )
        )
        return self.decode(reply.value)

    def decode(self, value: wire.Value) -> Any:
        """Decode what came back; what breaks the protocol counts as a crash of the worker."""
        try:
            return values.decode(value, self._proxy)
        except wire.WireError as error:
            self._session.close_worker()
            raise StudentCrashed(f"The process was ended: it did not speak the protocol ({error}).") from None

    def _proxy(self, value: wire.Value) -> object:
        if isinstance(value, wire.Handle):
            return RemoteModule(self._session, value) if value.kind == "module" else Remote(self._session, value)
        if isinstance(value, wire.Opaque):
            return value
        raise wire.WireError(f"a {type(value).__name__} came back")

    @property
    def kind(self) -> str:
        """What it claims to be: module, figure, optimizer, callable, object or name."""
        return self._target.kind if isinstance(self._target, wire.Handle) else "name"

    @property
    def type_name(self) -> str:
        """The name of its class, as the worker claims."""
        return self._target.type_name if isinstance(self._target, wire.Handle) else self._target.name

    def __repr__(self) -> str:
        return f"<{self.type_name} of the submission>"


@dataclass(frozen=True)
class CallResult:
    """What a call returned, and its arguments after it, positional then by name."""

    value: Any
    args: list[Any]


@dataclass(frozen=True)
class ParameterInfo:
    """One parameter: `storage` is equal for parameters that share memory; `owner` lists its module's classes."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    requires_grad: bool
    storage: int
    owner: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return int(torch.Size(self.shape).numel())


@dataclass(frozen=True)
class Gradients:
    """An output and the gradients of sum(weights * output)."""

    output: Any
    inputs: list[Any]
    parameters: dict[str, Any]
    differentiable: bool


class RemoteModule(Remote):
    """An nn.Module of the student's."""

    def parameters(self) -> list[ParameterInfo]:
        """List its parameters, each once."""
        rows = self.operate("inventory")
        if not _rows_of(rows, name=str, shape=tuple, dtype=str, requires_grad=bool, storage=int, owner=list):
            raise StudentRaised("The parameters of the module could not be listed.")
        found = [
            ParameterInfo(
                row["name"], row["shape"], row["dtype"], row["requires_grad"], row["storage"], tuple(row["owner"])
            )
            for row in rows
        ]
        if not all(_plausible(parameter) for parameter in found):
            raise StudentRaised("The parameters of the module could not be listed.")
        return found

    def submodules(self) -> list[dict[str, Any]]:
        """List it and what is registered below it: `name`, `types` (class names, own first), `training`."""
        found = self.operate("submodules")
        if not _rows_of(found, name=str, types=list, training=bool) or not all(_texts(row["types"]) for row in found):
            raise StudentRaised("The module could not be described.")
        rows: list[dict[str, Any]] = found
        return rows

    def state(self) -> dict[str, torch.Tensor]:
        """Copy the values of its parameters."""
        return tensors(self.operate("state"))

    def buffers(self) -> dict[str, torch.Tensor]:
        """Copy the values of its buffers."""
        return tensors(self.operate("buffers"))

    def load(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Write values into the parameters named."""
        self.operate("load", weights=dict(weights))

    def outputs_with(self, x: torch.Tensor, weights: list[dict[str, torch.Tensor]]) -> list[Any]:
        """Call it with one set of values after another in the parameters named, in one round trip."""
        found = self.operate("outputs_with", x=x, weights=weights)
        if not isinstance(found, list) or len(found) != len(weights):
            raise StudentRaised("The outputs of the module could not be read.")
        return found

    def apply(self, function: Remote) -> None:
        """Call `module.apply(function)` with a function of the student's."""
        self.operate("apply", function=function)

    def train(self, mode: bool = True) -> None:
        """Switch to training (or, with False, to evaluation)."""
        self.operate("train_mode", mode=mode)


def _rows_of(value: Any, **kinds: type[Any]) -> bool:
    """Say whether a value is a list of dicts with these entries, of exactly these types.

    A tensor in place of a list would be taken apart into one tensor an element: 67 million from one frame.
    """
    return isinstance(value, list) and all(
        isinstance(row, dict) and all(type(row.get(name)) is kind for name, kind in kinds.items()) for row in value
    )


def _texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(type(text) is str for text in value)


def _plausible(parameter: ParameterInfo) -> bool:
    return (
        all(type(size) is int for size in parameter.shape)
        and values.plausible(parameter.shape)
        and len(parameter.name) <= wire.MAX_TEXT
        and _texts(parameter.owner)
    )


def tensors(value: Any) -> dict[str, torch.Tensor]:
    """Expect named tensors that fit into a frame."""
    if not isinstance(value, dict) or not _texts(tuple(value)):
        raise StudentRaised("The module could not be described.")
    found: dict[str, torch.Tensor] = value
    if not all(isinstance(tensor, torch.Tensor) for tensor in found.values()):
        raise StudentRaised("The parameters of the module could not be read.")
    if sum(tensor.numel() for tensor in found.values()) > _MOST_NUMBERS:
        raise StudentRaised(f"The module holds more than {_MOST_NUMBERS} numbers.")
    return found


def gradients(remote: Remote, args: list[Any], weights: torch.Tensor | None = None, **kwargs: Any) -> Gradients:
    """Differentiate in the worker sum(weights * remote(*args, **kwargs)), by inputs and by parameters."""
    found = remote.operate("gradients", args=args, weights=weights, kwargs=kwargs)
    wanted = {"output": object, "inputs": list, "parameters": dict, "differentiable": bool}
    if not isinstance(found, dict) or not all(isinstance(found.get(key), kind) for key, kind in wanted.items()):
        raise StudentRaised("The gradients could not be read.")
    if found["differentiable"] and len(found["inputs"]) != len(args):
        raise StudentRaised("The gradients could not be read.")
    return Gradients(found["output"], found["inputs"], found["parameters"], found["differentiable"])


def applied(function: Remote, module: nn.Module) -> RemoteModule:
    """Call `module.apply(function)` in the worker on a copy of a module of ours, and give that copy."""
    found = function.operate("apply_to", module=module)
    if not isinstance(found, RemoteModule):
        raise StudentRaised("The function could not be applied to a module.")
    return found


@dataclass(frozen=True)
class Trainee:
    """A copy of a module of ours in the worker, and an optimizer over the parameters of that very copy."""

    model: RemoteModule
    optimizer: Remote


def trainee(function: Remote, model: nn.Module, make_optimizer: Callable[..., torch.optim.Optimizer]) -> Trainee:
    """Make what a training loop is called with: `make_optimizer` is a `partial` such as may be sent in."""
    found = function.operate("trainee", model=model, optimizer=make_optimizer)
    made = (found.get("model"), found.get("optimizer")) if isinstance(found, dict) else ()
    match made:
        case (RemoteModule() as copied, Remote() as optimizer):
            return Trainee(copied, optimizer)
    raise StudentRaised("A model and its optimizer could not be made.")

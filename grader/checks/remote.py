"""Proxies: what a check holds in place of the student's module, functions, networks and figures.

A call goes to the worker and a plain value comes back, or another proxy. `as_tensor`, `as_module` and their
kin (in `assertions`) turn what came back into what the check expects, or fail the check in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from grader.checks.session import Session
from grader.errors import StudentCrashed, StudentRaised
from grader.sandbox import values, wire


class Remote:
    """Something that lives in the worker."""

    def __init__(self, session: Session, target: wire.Name | wire.Handle) -> None:
        self._session = session
        self._target = target
        self._generation = session.generation

    def wire_target(self) -> wire.Name | wire.Handle:
        """Return what names this object on the wire; a handle is good for the check that got it alone."""
        if isinstance(self._target, wire.Handle) and self._generation != self._session.generation:
            raise RuntimeError("a handle is good within one check alone; a shared fixture must return plain values")
        return self._target

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker, and return its value."""
        return self.call(args, kwargs).value

    def call(
        self, args: tuple[Any, ...], kwargs: Mapping[str, Any] | None = None, *, no_grad: bool = False
    ) -> CallResult:
        """Call it, and return its value together with the arguments as they are afterwards."""
        encode = self._session.encode
        reply = self._session.send(
            lambda number: wire.Call(
                number,
                self.wire_target(),
                tuple(encode(arg) for arg in args),
                {name: encode(value) for name, value in (kwargs or {}).items()},
                keep_args=True,
                no_grad=no_grad,
            )
        )
        if reply.args is None or len(reply.args) != len(args) + len(kwargs or {}):
            raise StudentRaised("The submitted code gave an answer of the wrong kind.")
        return CallResult(self.decode(reply.value), [self.decode(item) for item in reply.args])

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
        rows = self._plain(self.operate("inventory"), list)
        try:
            return [
                ParameterInfo(
                    str(row["name"]), tuple(int(size) for size in row["shape"]), str(row["dtype"]),
                    bool(row["requires_grad"]), int(row["storage"]), tuple(str(kind) for kind in row["owner"]),
                )
                for row in rows
            ]  # fmt: skip
        except (LookupError, TypeError, ValueError, ArithmeticError, RuntimeError):
            raise StudentRaised("The parameters of the module could not be listed.") from None

    def submodules(self) -> list[dict[str, Any]]:
        """List it and what is registered below it: `name`, `types` (class names, own first), `training`."""
        found: list[dict[str, Any]] = self._plain(self.operate("submodules"), list)
        return found

    def state(self) -> dict[str, torch.Tensor]:
        """Copy the values of its parameters."""
        return self._tensors(self.operate("state"))

    def _tensors(self, value: Any) -> dict[str, torch.Tensor]:
        found: dict[str, torch.Tensor] = self._plain(value, dict)
        if not all(isinstance(value, torch.Tensor) for value in found.values()):
            raise StudentRaised("The parameters of the module could not be read.")
        return found

    def buffers(self) -> dict[str, torch.Tensor]:
        """Copy the values of its buffers."""
        return self._tensors(self.operate("buffers"))

    def load(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Write values into the parameters named."""
        self.operate("load", weights=dict(weights))

    def apply(self, function: Remote) -> None:
        """Call `module.apply(function)` with a function of the student's."""
        self.operate("apply", function=function)

    def train(self, mode: bool = True) -> None:
        """Switch to training (or, with False, to evaluation)."""
        self.operate("train_mode", mode=mode)

    def _plain(self, value: Any, kind: type[Any]) -> Any:
        if not isinstance(value, kind):
            raise StudentRaised("The module could not be described.")
        return value


def gradients(remote: Remote, args: list[Any], weights: torch.Tensor | None = None, **kwargs: Any) -> Gradients:
    """Differentiate in the worker sum(weights * remote(*args, **kwargs)), by inputs and by parameters."""
    found = remote.operate("gradients", args=args, weights=weights, kwargs=kwargs)
    wanted = {"output": object, "inputs": list, "parameters": dict, "differentiable": bool}
    if not isinstance(found, dict) or not all(isinstance(found.get(key), kind) for key, kind in wanted.items()):
        raise StudentRaised("The gradients could not be read.")
    return Gradients(found["output"], found["inputs"], found["parameters"], found["differentiable"])


def applied(function: Remote, module: nn.Module) -> RemoteModule:
    """Call `module.apply(function)` in the worker on a copy of a module of ours, and give that copy."""
    found = function.operate("apply_to", module=module)
    if not isinstance(found, RemoteModule):
        raise StudentRaised("The function could not be applied to a module.")
    return found


class Submission:
    """The student's module: `submission.relu(x)` calls `relu` in the worker."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("_"):
            raise AttributeError(name)
        return Remote(self._session, wire.Name(name))

    def value(self, name: str) -> Any:
        """Return a constant that the submission defines."""
        return Remote(self._session, wire.Name(name)).operate("value")

    def defines(self, name: str) -> bool:
        """Say whether the submission has this name, as the worker claims."""
        return name in self._session.names

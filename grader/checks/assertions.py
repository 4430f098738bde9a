"""Ready-made assertions: each fails with what was expected, what was found, and a hint.

`as_*` narrow what came back from submitted code to a type, so that a wrong type costs the student the check
and never breaks it. A wrong type or shape is a fact by which a known mistake is recognised; wrong values are one
where the author of the check says so (`fact=`), as only he knows whether they hang on what the student drew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from grader.checks.remote import Remote, RemoteModule
from grader.errors import CheckFailed
from grader.sandbox import wire


def type_of(value: Any) -> str:
    """Name the type of a value that came back, in a student's words."""
    if isinstance(value, Remote):
        return value.type_name
    if isinstance(value, wire.Opaque):
        return value.type_name
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"a numpy array of shape {value.shape}" if value.shape else f"a {value.dtype} of numpy's"
    return "None (is a return missing?)" if value is None else type(value).__name__


def kind_of(value: Any) -> tuple[Any, ...]:
    """Say the type of a value as a fact: without the names that a student gives to classes."""
    if isinstance(value, Remote):
        return ("remote", value.kind)
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return (type(value).__name__, str(value.dtype), tuple(value.shape))
    return ("opaque" if isinstance(value, wire.Opaque) else type(value).__name__,)


def _not_of_kind(value: Any, what: str, wanted: str, hint: str | None) -> CheckFailed:
    return CheckFailed(f"{what} should be {wanted}, but is {type_of(value)}.", hint=hint, fact=kind_of(value))


def as_tensor(
    value: Any,
    what: str,
    *,
    shape: Sequence[int] | None = None,
    dtype: torch.dtype | None = None,
    hint: str | None = None,
) -> torch.Tensor:
    """Expect a tensor, of a shape and a dtype where they are given; returned detached.

    An array of numpy's is taken for the tensor of its numbers unless a dtype is asked for: that it is none is for one
    check to say.
    """
    if isinstance(value, np.ndarray) and dtype is None:
        value = torch.from_numpy(value)
    if not isinstance(value, torch.Tensor):
        raise _not_of_kind(value, what, "a tensor", hint)
    if shape is not None and tuple(value.shape) != tuple(shape):
        message = f"{what} should have shape {tuple(shape)}, but has {tuple(value.shape)}."
        raise CheckFailed(message, hint=hint, fact=kind_of(value))
    if dtype is not None and value.dtype != dtype:
        message = f"{what} should be of {dtype}, but is of {value.dtype}."
        raise CheckFailed(message, hint=hint, fact=kind_of(value))
    return value.detach()


def as_float(value: Any, what: str, *, hint: str | None = None) -> float:
    """Expect a Python number that is no bool."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _not_of_kind(value, what, "a Python float", hint or _ITEM)
    return float(value)


def as_int(value: Any, what: str, *, hint: str | None = None) -> int:
    """Expect a Python int that is no bool."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise _not_of_kind(value, what, "an int", hint)
    return value


def as_text(value: Any, what: str, *, hint: str | None = None) -> str:
    """Expect a string."""
    if not isinstance(value, str):
        raise _not_of_kind(value, what, "a string", hint)
    return value


_MOST_FLOATS = 100_000

_ITEM = "loss.item() turns a tensor of one element into a float."


def as_floats(value: Any, what: str, *, length: int | None = None, hint: str | None = None) -> list[float]:
    """Expect a list of Python floats, of a length where one is given."""
    if not isinstance(value, list):
        raise _not_of_kind(value, what, "a list of floats", hint)
    if len(value) > _MOST_FLOATS:
        raise CheckFailed(f"{what} has {len(value)} entries, far more than can be right.", hint=hint)
    numbers = [as_float(item, f"entry {index} of {what}", hint=hint) for index, item in enumerate(value)]
    if length is not None and len(numbers) != length:
        raise CheckFailed(f"{what} should have {length} entries, but has {len(numbers)}.", hint=hint)
    return numbers


def as_tuple(value: Any, what: str, length: int, *, hint: str | None = None) -> tuple[Any, ...]:
    """Expect a tuple (a list will do) of a length."""
    if not isinstance(value, (tuple, list)) or len(value) != length:
        several = isinstance(value, (tuple, list))
        found, fact = (f"{len(value)} values", (len(value),)) if several else (type_of(value), kind_of(value))
        raise CheckFailed(f"{what} should be a tuple of {length}, but is {found}.", hint=hint, fact=fact)
    return tuple(value)


def as_module(value: Any, what: str, *, hint: str | None = None) -> RemoteModule:
    """Expect an nn.Module."""
    if not isinstance(value, RemoteModule):
        hint = hint or "Write class ...(nn.Module) and call super().__init__() first."
        raise _not_of_kind(value, what, "an nn.Module", hint)
    return value


def assert_shape(value: Any, shape: Sequence[int], *, what: str = "The result", hint: str | None = None) -> None:
    """Assert that a value is a tensor of this shape."""
    as_tensor(value, what, shape=shape, hint=hint)


def assert_close(
    actual: Any,
    expected: torch.Tensor | float,
    *,
    atol: float,
    rtol: float = 0.0,
    what: str = "The result",
    hint: str | None = None,
    fact: object = None,
) -> None:
    """Assert |actual - expected| <= atol + rtol |expected| everywhere, with equal shapes; NaN never passes."""
    if isinstance(expected, torch.Tensor):
        found = as_tensor(actual, what, shape=expected.shape, hint=hint)
        wrong = _difference(found, expected.detach(), atol, rtol)
        if wrong:
            raise CheckFailed(f"{what} {wrong}.", hint=hint, fact=fact)
        return
    number = as_float(actual, what, hint=hint)
    near = math.isfinite(expected) and abs(number - expected) <= atol + rtol * abs(expected)
    if not (near or number == expected):
        raise CheckFailed(f"{what} should be {expected:.6g}, but is {number:.6g}.", hint=hint, fact=fact)


def _difference(found: torch.Tensor, expected: torch.Tensor, atol: float, rtol: float) -> str:
    """Say where values are further from the expected ones than they may be; nothing where they are not."""
    wide = torch.complex128 if expected.is_complex() or found.is_complex() else torch.float64
    a, b = found.to(wide), expected.to(wide)
    if bool(torch.isnan(a).any()):
        return "contains NaN"
    gap = (a - b).abs()
    wrong = ~((torch.isfinite(b) & (gap <= atol + rtol * b.abs())) | (a == b))
    if not bool(wrong.any()):
        return ""
    count, worst = int(wrong.sum()), int(torch.where(wrong, gap, -1.0).nan_to_num(math.inf).argmax())
    one, other = (values.reshape(-1)[worst].item() for values in (a, b))
    return f"is wrong in {count} of {gap.numel()} values: expected {other:.6g}, found {one:.6g}"


def assert_true(condition: bool, message: str, *, hint: str | None = None, fact: object = None) -> None:
    """Fail the check with a message unless the condition holds; `fact` is what was seen that is wrong."""
    if not condition:
        raise CheckFailed(message, hint=hint, fact=fact)


def assert_unchanged(after: Sequence[Any], before: Sequence[torch.Tensor], what: str) -> None:
    """Assert that tensors that went into a call (`CallResult.args`) came out of it as they were."""
    kept = len(after) == len(before) and all(
        isinstance(found, torch.Tensor) and found.dtype == given.dtype and torch.equal(found.detach(), given)
        for found, given in zip(after, before, strict=True)
    )
    if not kept:
        raise CheckFailed(f"{what} changes a tensor that it is given.", hint=_IN_PLACE)


_IN_PLACE = "Operators like *= and methods that end in _ (pow_, add_) write into the tensor itself: use x ** 2, x * 2."

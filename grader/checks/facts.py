"""What a check saw that was wrong, as plain data: kept for a batch, told from job to job, compared by `transcript`.

Whatever the author of a check names as a fact is put in this closed form at once, so that it can be written down
and read again without an unpickler.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

import msgspec
import numpy as np
import torch

from grader.sandbox import values, wire

_ATOL = 1e-6


@dataclass(frozen=True)
class AnyOf:
    """A fact of several faces, such as what a network computes for each way to put weights into it."""

    faces: tuple[Any, ...]


@dataclass(frozen=True)
class Within:
    """A fact that is known only so well."""

    value: Any
    rtol: float
    atol: float = _ATOL


class Faces(msgspec.Struct, tag="faces", frozen=True):
    """The closed form of `AnyOf`."""

    items: tuple[Fact, ...]


class Near(msgspec.Struct, tag="near", frozen=True):
    """The closed form of `Within`."""

    value: Fact
    rtol: float
    atol: float


class Several(msgspec.Struct, tag="several", frozen=True):
    """Facts one after the other: of a tuple, a list or a dict."""

    items: tuple[Fact, ...]


Fact = Union[None, bool, int, float, str, Several, Faces, Near, wire.Tensor, wire.Opaque]  # noqa: UP007 - as in wire


def plain(fact: Any) -> Fact:
    """Put what an author names as a fact in its closed form; what has none counts by its type and its text.

    Whether a tensor is of float32 or float64 is style.
    """
    match fact:
        case None | bool() | wire.Tensor() | wire.Opaque() | Several() | Faces() | Near():
            return fact
        case int():
            return int(fact) if abs(fact) < 1 << 63 else float("inf")
        case float():
            return float(fact)
        case str():
            return str(fact)
        case AnyOf():
            return Faces(tuple(map(plain, fact.faces)))
        case Within():
            return Near(plain(fact.value), float(fact.rtol), float(fact.atol))
    return _plain_values(fact)


def _plain_values(fact: Any) -> Fact:
    match fact:
        case torch.Tensor() | np.ndarray():
            return _plain_tensor(fact)
        case np.generic() if not isinstance(fact.item(), np.generic):  # as a long double's is
            return plain(fact.item())
        case Mapping():
            return Several(tuple(Several((plain(key), plain(value))) for key, value in fact.items()))
        case Sequence() if not isinstance(fact, (bytes, bytearray)):
            return Several(tuple(map(plain, fact)))
        case frozenset() | set():
            return Several(tuple(map(plain, sorted(fact, key=repr))))
    return f"{type(fact).__name__} {fact!r}"


def _plain_tensor(found: torch.Tensor | np.ndarray[Any, Any]) -> Fact:
    """Encode it in double precision; one that is too large, or that no wire carries, counts by its form."""
    try:
        if isinstance(found, np.ndarray):
            found = torch.from_numpy(found.astype(found.dtype.newbyteorder("=")))
        return values.encode_tensor(widened(found))
    except (OverflowError, RuntimeError, TypeError, ValueError):
        return f"tensor {tuple(found.shape)}"


def widened(tensor: torch.Tensor) -> torch.Tensor:
    """Return the same numbers in float64, or in complex128, without a gradient."""
    return tensor.detach().to(torch.complex128 if tensor.is_complex() else torch.float64)

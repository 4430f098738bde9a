"""What submitted code answered in one check, in a form that can be compared with how a known mistake answers.

    transcript = exchanges, and how the check ended: its outcome, the sentence's form, and the fact that was judged

Answers are compared, not verdicts, and only as far as they follow from what the code does: not from its names,
its structure or what it drew at random. So the value of a function that was called by its name counts; of what an
object answers (a network with weights of its own, a figure) only the form does, and a check that wants more to
be compared says what it saw: `CheckFailed(..., fact=...)`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.sandbox import values, wire

RTOL, ATOL = 1e-4, 1e-6
"""How far two answers may differ: rounding of two formulas for one thing; mistakes differ by far more."""

_ROUNDING = 2e-7
"""Of the largest number in a tensor: what cancels in float32 leaves this much behind."""

_MOST_BYTES = 32 << 20
"""A check that answers with more is not compared."""

_PLACES, _QUOTED, _NUMBERS = (
    r"\([^()]*(?:\.py|[Cc]ell \d+), line \d+.*\)",
    r"'[^']*'|\"[^\"]*\"|`[^`]*`",
    r"[-+]?\d[\d.,e+-]*",
)
_OWN_WORDS = re.compile(f"{_PLACES}|{_QUOTED}|{_NUMBERS}")
_OWN_NUMBERS = re.compile(f"{_PLACES}|{_NUMBERS}")


@dataclass(frozen=True)
class AnyOf:
    """A fact of several faces, such as what a network computes for each way to put weights into it."""

    faces: tuple[Any, ...]


@dataclass(frozen=True)
class Within:
    """A fact that is known only so well."""

    value: Any
    rtol: float
    atol: float = ATOL


@dataclass(frozen=True)
class Exchange:
    """One request, without what was sent along, and its answer as it came over the wire.

    `changed` says for each argument that came back whether the call changed it: how it did so is style.
    """

    asked: str
    by_name: bool
    answer: wire.Returned | wire.Raised | None
    changed: tuple[bool, ...] = ()


@dataclass
class Transcript:
    """The exchanges of one check, as they come."""

    exchanges: list[Exchange] = field(default_factory=list)
    size: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything was kept."""
        return self.size <= _MOST_BYTES

    def add(self, request: wire.Call | wire.Operate, answer: wire.Returned | wire.Raised | None) -> None:
        """Keep one exchange; None: the worker gave no answer."""
        target = request.target
        by_name = isinstance(target, wire.Name)
        asked = target.name if isinstance(target, wire.Name) else target.kind
        operation = request.operation if isinstance(request, wire.Operate) else "call"
        self.size += _size_of(answer)
        kept = answer if self.whole and not (operation in _STYLE and isinstance(answer, wire.Returned)) else None
        changed = _changed(request, answer)
        self.exchanges.append(Exchange(f"{operation} {asked}", by_name and operation in _BY_VALUE, kept, changed))


_BY_VALUE = ("call", "gradients")
"""What is asked of a name whose answer counts by value: a signature or a text of the student's does not."""

_STYLE = ("describe_figure",)
"""What is answered with style, nearly all of it: what counts, a check states as a fact."""


@dataclass(frozen=True)
class Ending:
    """How a check ended: its outcome, what it said, and what it had seen that was wrong (None: not said).

    Of an exception the fact is its type and text.
    """

    outcome: str
    message: str = ""
    fact: Any = None


def same_answers(one: Transcript, other: Transcript) -> bool:
    """Say whether two transcripts answer alike, exchange by exchange."""
    return (
        one.whole
        and other.whole
        and len(one.exchanges) == len(other.exchanges)
        and all(map(_same_exchange, one.exchanges, other.exchanges))
    )


def same_ending(one: Ending, other: Ending) -> bool:
    """Say whether two checks ended alike: for the same reason, on the same fact where one was named."""
    return (
        one.outcome == other.outcome
        and form_of(one.message) == form_of(other.message)
        and (one.fact is None) == (other.fact is None)
        and _alike(one.fact, other.fact, by_value=True)
    )


def telling(wrong: Transcript, ending: Ending, right: Transcript) -> bool:
    """Say whether there is more than a failure: a fact, an exception, or a value that is not the right one."""
    if ending.fact is not None:
        return True
    if len(wrong.exchanges) < len(right.exchanges):
        pairs = zip(wrong.exchanges, right.exchanges, strict=False)
    else:
        pairs = zip(wrong.exchanges[: len(right.exchanges)], right.exchanges, strict=True)
    return any(one.by_name and not _same_exchange(one, other) for one, other in pairs)


def _same_exchange(one: Exchange, other: Exchange) -> bool:
    if one.asked != other.asked or type(one.answer) is not type(other.answer):
        return False
    if isinstance(one.answer, wire.Raised) and isinstance(other.answer, wire.Raised):
        said, heard = (f"{answer.type_name}: {answer.message}" for answer in (one.answer, other.answer))
        return form_of_error(said) == form_of_error(heard)
    if not isinstance(one.answer, wire.Returned) or not isinstance(other.answer, wire.Returned):
        return True
    if one.asked.startswith("inventory"):
        return _inventory(one.answer.value) == _inventory(other.answer.value)
    return one.changed == other.changed and _alike(one.answer.value, other.answer.value, by_value=one.by_name)


def _changed(request: wire.Call | wire.Operate, answer: wire.Returned | wire.Raised | None) -> tuple[bool, ...]:
    if not isinstance(request, wire.Call) or not isinstance(answer, wire.Returned) or answer.args is None:
        return ()
    sent = (*request.args, *request.kwargs.values())
    return tuple(
        not _alike(before, after, by_value=True, rtol=0.0, atol=0.0)
        for before, after in zip(sent, answer.args, strict=False)
    )


def _inventory(value: wire.Value) -> list[tuple[Any, ...]]:
    """List what a network registers, without its names and its order."""
    rows = values.decode(value, str)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return []
    return sorted(
        (str(sorted(row.get("shape", ()))), str(row.get("dtype")), str(row.get("requires_grad"))) for row in rows
    )


def _alike(one: Any, other: Any, *, by_value: bool, rtol: float = RTOL, atol: float = ATOL) -> bool:  # noqa: C901 - one case a type
    """Compare what came over the wire, or plain facts; tensors and floats within the tolerance."""
    if isinstance(one, AnyOf) and isinstance(other, AnyOf):
        return any(_alike(a, b, by_value=by_value) for a in one.faces for b in other.faces)
    if _type_of(one) is not _type_of(other):
        return False
    match one:
        case Within():
            return _alike(one.value, other.value, by_value=by_value, rtol=one.rtol, atol=one.atol)
        case float():
            return not by_value or _near(one, other, rtol, atol)
        case torch.Tensor():
            return one.shape == other.shape and (not by_value or _near_tensors(one, other, rtol, atol))
        case wire.Tensor():
            same_form = (one.dtype, one.shape, one.array) == (other.dtype, other.shape, other.array)
            return same_form and (not by_value or _near_tensors(_decoded(one), _decoded(other), rtol, atol))
        case wire.ListValue() | wire.TupleValue() | wire.DictValue():
            return _alike_items(one.items, other.items, by_value=by_value, rtol=rtol, atol=atol)
        case tuple() | list():
            return _alike_items(one, other, by_value=by_value, rtol=rtol, atol=atol)
        case wire.Handle():
            return bool(one.kind == other.kind)
        case str() | wire.Bytes() if not by_value:
            return True
        case int() if not by_value:
            return True
    return bool(one == other)


def _type_of(value: Any) -> type:
    """Take a list for a tuple: which of the two it is, is style."""
    kind = type(value)
    return _AS_GOOD.get(kind, kind)


_AS_GOOD: dict[type, type] = {wire.ListValue: wire.TupleValue, list: tuple}


def _alike_items(one: Sequence[Any], other: Sequence[Any], **how: Any) -> bool:
    return len(one) == len(other) and all(_alike(a, b, **how) for a, b in zip(one, other, strict=True))


def _near(one: float, other: float, rtol: float, atol: float) -> bool:
    return (
        (math.isnan(one) and math.isnan(other)) or one == other or math.isclose(one, other, rel_tol=rtol, abs_tol=atol)
    )


def _near_tensors(one: torch.Tensor, other: torch.Tensor, rtol: float, atol: float) -> bool:
    wide = torch.complex128 if one.is_complex() else torch.float64
    a, b = one.detach().to(wide), other.detach().to(wide)
    if rtol and one.numel():
        atol = max(atol, _ROUNDING * float(a.abs().nan_to_num(0.0, 0.0, 0.0).max()))
    return torch.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def _decoded(value: wire.Tensor) -> torch.Tensor:
    return values.decode_tensor(value)


def form_of(text: str) -> str:
    """Drop from a sentence what is the student's own: names in quotes, numbers, places."""
    return " ".join(_OWN_WORDS.sub("…", text).split())


def form_of_error(text: str) -> str:
    """Drop from what was raised the numbers and places; the words in quotes say which attribute or argument it is."""
    return " ".join(_OWN_NUMBERS.sub("…", text).split())


def _size_of(answer: wire.Returned | wire.Raised | None) -> int:
    if not isinstance(answer, wire.Returned):
        return 0
    return sum(map(_bytes_in, (answer.value, *(answer.args or ()))))


def _bytes_in(value: Any) -> int:
    match value:
        case wire.Tensor() | wire.Bytes():
            return len(value.data)
        case str():
            return len(value)
        case wire.ListValue() | wire.TupleValue() | wire.DictValue():
            return _bytes_of(value.items)
        case tuple():
            return _bytes_of(value)
    return 16


def _bytes_of(items: Iterable[Any]) -> int:
    return sum(map(_bytes_in, items))

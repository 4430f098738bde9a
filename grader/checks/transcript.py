"""What submitted code answered in one check, in a form that can be compared with how a known mistake answers.

    transcript = exchanges, and how the check ended: its outcome, the sentence's form, and the fact that was judged

Answers are compared, not verdicts, and only as far as they follow from what the code does: not from its names,
its structure or what it drew at random. So the value of a function that was called by its name counts; of what an
object answers (a network with weights of its own, a figure) only the form does, however often it is asked the same in
a row, and a check that wants more to be compared says what it saw: `CheckFailed(..., fact=...)`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.checks.facts import Faces, Fact, Near, Several, plain, widened
from grader.checks.sentences import form_of, form_of_exception
from grader.sandbox import values, wire

RTOL, ATOL = 1e-4, 1e-6
"""How far two answers may differ: rounding of two formulas for one thing; mistakes differ by far more."""

_ROUNDING = 2e-7
"""Of the largest number in a tensor: what cancels in float32 leaves this much behind."""

_INTEGERS = re.compile(r"u?int\d+")
"""Which integers a tensor is of, such as int() or long() gives, is style; float32 or float64 is not."""

_MOST_BYTES = 32 << 20
"""A check that answers with more is not compared."""


@dataclass(frozen=True)
class Exchange:
    """One request, without what was sent along, and its answer as it came over the wire.

    `changed` says whether the call changed an argument that came back: which one, and how, is style.
    """

    asked: str
    by_name: bool
    answer: wire.Returned | wire.Raised | None
    changed: bool = False


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
        style = operation in _STYLE and isinstance(answer, wire.Returned)
        self.size += 0 if style else _size_of(answer)
        kept = answer if self.whole and not style else None
        by_value, changed = by_name and operation in _BY_VALUE, _changed(request, kept)
        self.exchanges.append(Exchange(f"{operation} {asked}", by_value, kept, changed))


_BY_VALUE = ("call", "each", "gradients")
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
    fact: Fact = None

    @classmethod
    def of(cls, outcome: str, message: str, fact: Any) -> Ending:
        """Take the fact as the author of a check names it."""
        return cls(outcome, message, plain(fact))


def same_answers(one: Transcript, other: Transcript) -> bool:
    """Say whether two transcripts answer alike, exchange by exchange."""
    if not (one.whole and other.whole):
        return False
    some, others = _folded(one.exchanges), _folded(other.exchanges)
    return len(some) == len(others) and all(map(_same_exchange, some, others))


def _folded(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Take what an object answers alike several times in a row for one answer: how often hangs on its structure."""
    kept: list[Exchange] = []
    for exchange in exchanges:
        if exchange.by_name or not kept or not _same_exchange(kept[-1], exchange):
            kept.append(exchange)
    return kept


def same_ending(one: Ending, other: Ending) -> bool:
    """Say whether two checks ended alike: for the same reason, on the same fact where one was named."""
    same_sentence = one.outcome == other.outcome and form_of(one.message) == form_of(other.message)
    return same_sentence and _alike(one.fact, other.fact)


def telling(wrong: Transcript, ending: Ending, right: Transcript) -> bool:
    """Say whether there is more than a failure: a fact, an exception, or a value that is not the right one."""
    if ending.fact is not None:
        return True
    some, others = ([one for one in answered.exchanges if one.by_name] for answered in (wrong, right))
    return any(not _same_exchange(one, other) for one, other in zip(some, others, strict=False))


def _same_exchange(one: Exchange, other: Exchange) -> bool:
    try:
        return _same_asked(one, other) and _same_answer(one, other)
    except wire.WireError:  # what broke the protocol is like nothing
        return False


def _same_asked(one: Exchange, other: Exchange) -> bool:
    return one.asked == other.asked and one.by_name == other.by_name and type(one.answer) is type(other.answer)


def _same_answer(one: Exchange, other: Exchange) -> bool:
    if isinstance(one.answer, wire.Raised) and isinstance(other.answer, wire.Raised):
        same_type = one.answer.type_name == other.answer.type_name
        return same_type and form_of_exception(one.answer.message) == form_of_exception(other.answer.message)
    if not isinstance(one.answer, wire.Returned) or not isinstance(other.answer, wire.Returned):
        return True
    if one.asked.startswith("inventory"):
        return _inventory(one.answer.value) == _inventory(other.answer.value)
    if one.by_name:
        return one.changed == other.changed and _alike(one.answer.value, other.answer.value)
    some, others = ((answer.value, answer.args) for answer in (one.answer, other.answer))
    return _form(some) == _form(others)


def _changed(request: wire.Call | wire.Operate, answer: wire.Returned | wire.Raised | None) -> bool:
    if not isinstance(request, wire.Call) or not isinstance(answer, wire.Returned) or answer.args is None:
        return False
    pairs = zip((*request.args, *request.kwargs.values()), answer.args, strict=False)
    try:
        return not all(_alike(sent, back, 0.0, 0.0) for sent, back in pairs)
    except wire.WireError:  # it is no value: whoever decodes it says so
        return False


def _inventory(value: wire.Value) -> set[tuple[str, ...]]:
    """Say of which kinds the weights are that a network registers; how many, as of a deeper one, is for a fact."""
    rows = values.decode(value, str)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return set()
    return {(_sizes(row.get("shape")), str(row.get("dtype")), str(row.get("requires_grad"))) for row in rows}


def _sizes(shape: Any) -> str:
    """Write a shape without its ones and its order: a weight may stand for a Linear's, or for its transpose."""
    sizes = shape if isinstance(shape, (tuple, list)) else ()
    return ", ".join(sorted(str(size) for size in sizes if size != 1))


def _form(value: Any) -> Hashable:
    """Say of what kind a value is; of what is of any length, such as the weights of a network, which kinds it holds."""
    match value:
        case wire.Tensor():
            return _INTEGERS.sub("integer", value.dtype), value.shape, value.array
        case wire.ListValue() | wire.DictValue():
            return type(value), frozenset(map(_form, value.items))
        case wire.TupleValue():
            return type(value), tuple(map(_form, value.items))
        case tuple():
            return tuple(map(_form, value))
        case wire.Handle():
            return value.kind
    return type(value).__name__


def _alike(one: Any, other: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Compare what came over the wire, or plain facts; tensors and floats within the tolerance."""
    if len({_AS_GOOD.get(type(value), type(value)) for value in (one, other)}) > 1:
        return False
    match one:
        case Faces():
            return _share_a_face(one.items, other.items)
        case Near():
            return _alike(one.value, other.value, one.rtol, one.atol)
        case float():
            return _near(one, other, rtol, atol)
        case wire.Tensor():
            return (not rtol and one == other) or (
                _form(one) == _form(other)
                and _near_tensors(values.decode_tensor(one), values.decode_tensor(other), rtol, atol)
            )
        case Several() | wire.ListValue() | wire.TupleValue() | wire.DictValue():
            return _alike(one.items, other.items, rtol, atol)
        case tuple():
            return len(one) == len(other) and all(_alike(a, b, rtol, atol) for a, b in zip(one, other, strict=True))
        case wire.Handle() | wire.Opaque():
            return _form(one) == _form(other)
    return bool(one == other)


_AS_GOOD: dict[type, type] = {wire.ListValue: wire.TupleValue}
"""Whether something is a list or a tuple is style."""


def _share_a_face(some: tuple[Fact, ...], others: tuple[Fact, ...]) -> bool:
    """Say whether two facts have a face in common; tensors of one form, which may be hundreds, at a stroke."""
    tensors = [[face for face in faces if isinstance(face, wire.Tensor)] for faces in (some, others)]
    if (
        all(tensors)
        and list(map(len, tensors)) == [len(some), len(others)]
        and len(set(map(_form, some + others))) == 1
    ):
        one, other = (torch.stack(list(map(values.decode_tensor, faces))) for faces in tensors)
        return any(bool(torch.isclose(face, other, RTOL, ATOL, equal_nan=True).flatten(1).all(1).any()) for face in one)
    return any(_alike(a, b) for a in some for b in others)


def _near(one: float, other: float, rtol: float, atol: float) -> bool:
    both_nan = math.isnan(one) and math.isnan(other)
    return both_nan or one == other or math.isclose(one, other, rel_tol=rtol, abs_tol=atol)


def _near_tensors(one: torch.Tensor, other: torch.Tensor, rtol: float, atol: float) -> bool:
    a, b = widened(one), widened(other)
    if rtol and one.numel():
        atol = max(atol, _ROUNDING * float(a.abs().nan_to_num(0.0, 0.0, 0.0).max()))
    return torch.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


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

"""Two transcripts are alike where they follow from the same behaviour, whatever the code looks like."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from grader.checks import transcript
from grader.checks.facts import AnyOf, Within
from grader.checks.sentences import form_of
from grader.checks.transcript import Ending, Transcript, same_answers, same_ending, telling
from grader.sandbox import values, wire

NET = wire.Handle(1, "module", "SineNet")


def tensor(*numbers: float) -> wire.Value:
    """Encode a tensor as it comes over the wire."""
    return values.encode(torch.tensor(numbers), lambda _: wire.Opaque("?"))


def integers(number: int, dtype: torch.dtype) -> wire.Value:
    """Encode a tensor of one number, of another dtype."""
    return values.encode(torch.tensor([number], dtype=dtype), lambda _: wire.Opaque("?"))


def said(*answers: wire.Value, target: wire.Name | wire.Handle = wire.Name("f")) -> Transcript:  # noqa: B008 - frozen
    """Let a target be called once for each answer."""
    kept = Transcript()
    for number, answer in enumerate(answers):
        kept.add(wire.Call(number, target, (), {}), wire.Returned(number, answer))
    return kept


def raised(type_name: str, message: str) -> Transcript:
    """Let a call end in an exception."""
    kept = Transcript()
    kept.add(wire.Call(1, wire.Name("f"), (), {}), wire.Raised(1, type_name, message))
    return kept


def operated(operation: str, answer: wire.Value) -> Transcript:
    """Let one of the worker's operations answer on a network."""
    kept = Transcript()
    kept.add(wire.Operate(1, operation, NET, {}), wire.Returned(1, answer))
    return kept


def row(*shape: int, name: str) -> wire.Value:
    """Encode a row of an inventory."""
    found = {"name": name, "shape": shape, "dtype": "float32", "requires_grad": True}
    return values.encode(found, lambda _: wire.Opaque("?"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (1.0, 1.00001, True),
        (1.0, 1.001, False),
        (float("nan"), float("nan"), True),
        (1.0, 1, False),  # a float is no int
        (True, 1, False),
        ("a", "b", False),
        (tensor(1.0, 2.0), tensor(1.00001, 2.0), True),
        (tensor(1.0, 2.0), tensor(1.0, 2.1), False),
        (tensor(1.0, 2.0), tensor(1.0), False),
        (integers(1, torch.int32), integers(1, torch.int64), True),  # int() or long() is style
        (integers(1, torch.int32), integers(2, torch.int64), False),
        (integers(1, torch.int64), integers(1, torch.float32), False),
        (tensor(1e6, 0.0), tensor(1e6, 0.05), True),  # rounding of float32 beside a large number
        (wire.ListValue((1.0,)), wire.TupleValue((1.0,)), True),  # a list or a tuple is style
        (wire.ListValue((1.0,)), wire.ListValue((1.0, 2.0)), False),
        (NET, wire.Handle(9, "module", "Net"), True),  # whatever it is called
        (NET, wire.Handle(1, "figure", "Figure"), False),
    ],
)
def test_values_of_a_function_are_compared(one: wire.Value, other: wire.Value, alike: bool) -> None:
    """What is called by its name answers by value, to a tolerance."""
    assert same_answers(said(one), said(other)) is alike


def test_of_objects_only_the_form_counts() -> None:
    """A network's values come from weights of its own; how often it is asked the same in a row is its structure."""
    some, others = said(tensor(1.0), tensor(2.0), target=NET), said(tensor(5.0), target=NET)

    assert same_answers(some, others)
    assert not same_answers(some, said(tensor(5.0, 6.0), target=NET))
    assert not same_answers(said(1.0, 2.0), said(1.0))  # a function that is called again is


def test_inventories_are_compared_without_names_order_orientation_and_depth() -> None:
    """Layers are what they are, in whichever order, a weight or its transpose, and one more of a kind is style."""
    one = wire.ListValue((row(64, 1, name="fc1.weight"), row(64, name="fc1.bias"), row(64, 64, name="fc2.weight")))
    other = wire.ListValue((row(64, name="b"), row(1, 64, name="w"), row(64, 64, name="m"), row(64, 64, name="n")))

    assert same_answers(operated("inventory", one), operated("inventory", other))
    assert not same_answers(operated("inventory", one), operated("inventory", wire.ListValue((row(64, name="b"),))))


def test_what_a_figure_looks_like_is_style() -> None:
    """A description of a figure is not compared: a check states as a fact what counts."""
    assert same_answers(operated("describe_figure", 1.0), operated("describe_figure", 2.0))


def test_exceptions_are_compared_by_type_and_text_without_own_names() -> None:
    """Names of the student's in quotes are dropped, those of Python and torch are not."""
    one = raised("AttributeError", "'float' object has no attribute 'backward'")

    assert same_answers(one, raised("AttributeError", "'float' object has no attribute 'backward'"))
    assert not same_answers(one, raised("AttributeError", "'list' object has no attribute 'backward'"))
    assert not same_answers(one, raised("TypeError", "'float' object has no attribute 'backward'"))
    assert not same_answers(one, said(1.0))
    none = "'NoneType' object has no attribute"  # what was asked of it is style
    assert same_answers(raised("AttributeError", f"{none} 'data'"), raised("AttributeError", f"{none} 'zero_'"))
    assert same_answers(raised("NameError", "name 'net' is wrong"), raised("NameError", "name 'model' is wrong"))


def test_that_a_call_changed_an_argument_counts_but_not_which_and_how() -> None:
    """Arguments that came back are compared with those that were sent."""

    def call(*back: wire.Value) -> Transcript:
        kept = Transcript()
        request = wire.Call(1, wire.Name("f"), (tensor(1.0), tensor(1.0)), {}, keep_args=True)
        kept.add(request, wire.Returned(1, None, back))
        return kept

    assert same_answers(call(tensor(2.0), tensor(1.0)), call(tensor(3.0), tensor(1.0)))
    assert same_answers(call(tensor(2.0), tensor(1.0)), call(tensor(1.0), tensor(3.0)))
    assert not same_answers(call(tensor(1.0), tensor(1.0)), call(tensor(3.0), tensor(1.0)))


def test_what_is_too_large_is_like_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transcript that could not be kept whole is never taken for a known one."""
    monkeypatch.setattr(transcript, "_MOST_BYTES", 10)
    large = said(tensor(1.0, 2.0, 3.0, 4.0))

    assert not large.whole
    assert not same_answers(large, large)


def test_what_breaks_the_protocol_is_like_nothing() -> None:
    """A tensor that says it has more elements than bytes equals none, not even itself."""
    forged = wire.Tensor("float32", (4,), b"\0\0\0\0")

    assert not same_answers(said(forged), said(forged))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (None, None, True),
        (None, "few", False),
        (("flat", 3), ("flat", 3), True),
        (Within(1.0, 0.03), Within(1.02, 0.03), True),
        (Within(1.0, 0.03), Within(1.2, 0.03), False),
        (AnyOf((torch.ones(2), torch.zeros(2))), AnyOf((torch.zeros(2),)), True),
        (AnyOf((torch.ones(2),)), AnyOf((torch.zeros(2),)), False),
        (AnyOf((torch.ones(2), torch.ones(3))), AnyOf((torch.ones(3),)), True),
        (torch.ones(2), "ones", False),
        (np.float64(0.5), 0.5, True),
        (np.int64(3), 3, True),
        (np.ones(2, dtype=">f4"), torch.ones(2, dtype=torch.float64), True),
        (np.longdouble(1), np.longdouble(2), False),
        (np.array(["a"]), np.array(["a", "b"]), False),
        ({1, 2}, {2, 1}, True),
        (torch.float32, torch.float64, False),
        (b"a", b"b", False),
        (1 << 80, 1 << 80, True),
        (torch.zeros(2).to_sparse(), torch.zeros(3).to_sparse(), False),
    ],
)
def test_facts_are_compared(one: object, other: object, alike: bool) -> None:
    """A fact is equal, near enough, or has a face in common."""
    assert same_ending(Ending.of("failed", "m", one), Ending.of("failed", "m", other)) is alike


def test_sentences_are_compared_by_form() -> None:
    """Numbers, places and names in quotes are dropped from a sentence; the rest counts, and the outcome."""
    assert form_of("'fc1' has 3.5 rows (my_net.py, line 7: x)") == form_of("`layer` has 12 rows (cell 2, line 1: y)")
    assert form_of("It has rows.") != form_of("It has columns.")
    assert not same_ending(Ending("failed", "m"), Ending("timed_out", "m"))


def test_a_failure_tells_by_a_fact_or_by_a_value_that_is_not_right() -> None:
    """Right answers and no fact tell nothing of what is wrong."""
    right = said(1.0)

    assert telling(said(2.0), Ending("failed"), right)
    assert telling(right, Ending("failed", fact="transposed"), right)
    assert not telling(right, Ending("failed"), right)
    assert not telling(said(2.0, target=NET), Ending("failed"), said(1.0, target=NET))

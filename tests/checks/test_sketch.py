"""Pictures that checks record: of whatever submitted code gave, and nothing of it decides anything."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.sketch import MOST, MOST_POINTS, Sketch, field_of
from grader.pictures import Picture
from grader.report.drawing.sentence import sentence_of

ODD: list[Any] = [
    None, "text", object(), [], [1.0], [1, 2], torch.zeros(3, 3), torch.tensor([1, math.nan, math.inf]), {"a": 1},
    torch.zeros(3, dtype=torch.complex64), [[1], [2, 3]], float("inf"),
    torch.tensor([1e300, -1e300, 0], dtype=torch.double),
    torch.zeros(3, requires_grad=True), torch.tensor([True, False, True]), lambda: 1, torch.empty(0),
    torch.zeros(3, device="meta"), {1: [1.0, 2.0, 3.0]},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=lambda value: type(value).__name__)
def test_nothing_that_cannot_be_drawn_raises(odd: Any) -> None:
    """Whatever came back, in every kind of picture; what is kept is strict JSON."""
    pictures: list[Picture] = []
    sketch, x = Sketch("check_a", pictures), torch.linspace(-1, 1, 3)

    sketch.curves("f", x, student=odd, reference=odd)
    sketch.curves("f", odd, student=x, reference=x)
    sketch.losses("loss", odd, below=0.1)
    sketch.fit("fit", data=(x, x), student=(x, odd), reference=(odd, x))
    sketch.paths("paths", {"sgd": odd})
    sketch.norms("norms", ["a", "b", "c"], student=odd, reference=x)

    assert msgspec.json.decode(msgspec.json.encode(pictures), type=list[Picture]) == pictures


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(st.floats(width=32), min_size=1, max_size=2000))
def test_losses_keep_their_spikes(losses: list[float]) -> None:
    """Of a long list a few hundred points are kept: the ends, the least and the largest among them."""
    pictures: list[Picture] = []

    Sketch("check_a", pictures).losses("loss", losses)

    finite = [value for value in losses if math.isfinite(value) and abs(value) < 1e30]
    if not finite:
        return
    (series,) = pictures[0].series
    assert len(series.x) <= MOST_POINTS
    assert (series.x[0], series.x[-1]) == (1.0, float(f"{len(losses):.5g}"))
    kept = [value for value in series.y if value is not None]
    assert max(kept) == pytest.approx(max(finite), rel=1e-4)
    assert min(kept) == pytest.approx(min(finite), rel=1e-4)
    assert (None in series.y) == (len(finite) < len(losses))


def test_a_gap_beside_the_least_loss_hides_it_not() -> None:
    """It was reached, whatever came after it."""
    losses = [1.0] * 2000
    losses[776], losses[777] = 0.001, math.nan
    pictures: list[Picture] = []

    Sketch("check_a", pictures).losses("loss", losses, below=0.01)

    assert "0.01 is reached by epoch 777. Where there is no finite number" in sentence_of(pictures[0])


def test_a_curve_is_drawn_in_order() -> None:
    """Points come in any order; both lines have the same places."""
    pictures: list[Picture] = []

    Sketch("check_a", pictures).curves("relu", [2.0, -1.0], student=[2.0, 0.0], reference=torch.tensor([2.0, 0.0]))

    student, reference = pictures[0].series
    assert (student.x, student.y, student.role) == ((-1.0, 2.0), (0.0, 2.0), "student")
    assert (reference.x, reference.role) == (student.x, "reference")
    assert pictures[0].check == "check_a"


def test_only_what_the_student_gave_is_a_picture() -> None:
    """Without a line of the student's there is none, and of many the first few are kept."""
    pictures: list[Picture] = []
    sketch = Sketch("check_a", pictures)

    sketch.curves("f", [1.0, 2.0], student="no", reference=[1.0, 2.0])
    assert pictures == []
    for _ in range(2 * MOST):
        sketch.curves("f", [1.0, 2.0], student=[1.0, 2.0])
    assert len(pictures) == MOST


def test_without_a_place_nothing_is_done() -> None:
    """A known mistake that is replayed draws nothing."""
    Sketch("check_a", None).curves("f", [1.0], student=[1.0])


def test_a_field_is_in_levels() -> None:
    """From the least to the largest value, the lowest row first."""
    field = field_of(torch.tensor([[0.0, 1.0], [2.0, 4.0]]), label="f", left=-1, right=1, bottom=-2, top=2)

    assert (list(field.levels), field.columns, field.rows) == ([0, 64, 128, 255], 2, 2)


def test_norms_are_of_whatever_came_back() -> None:
    """A gradient that is not there has none; what has no norm makes no picture, and raises nothing."""
    pictures: list[Picture] = []
    sketch = Sketch("check_a", pictures)

    sketch.norms("n", ["a", "b"], student=[torch.tensor([3.0, 4.0]), None])
    sketch.norms("n", ["a"], student=[torch.zeros(2, dtype=torch.complex64)])

    assert [one.series[0].y for one in pictures] == [(5.0, 0.0)]

"""How the form of a decision is read."""

from __future__ import annotations

import pytest

from grader.review.form import read_form

SENT = {"nonce": "0" * 32, "upon": "7", "do": "save", "comment": " Fine.\r\nReally. "}


@pytest.mark.parametrize(("typed", "points"), [
    ("3", 3.0), ("0", 0.0), ("2,5", 2.5), (" 2.5 ", 2.5), (".5", 0.5), ("2.", 2.0), ("12.25", 12.25),
])  # fmt: skip
def test_points_are_read_as_people_write_them(typed: str, points: float) -> None:
    """With a comma or a dot; the comment keeps its lines."""
    form = read_form({**SENT, "points": typed}, 12.25)

    assert (form.points, form.fault, form.upon, form.comment) == (points, "", 7, "Fine.\nReally.")


@pytest.mark.parametrize("typed", ["1_0", "1 0", "٣", "1e0", "-0", "+1", "12.26", "1.2.3", ",", "", "nan", "9" * 400])
def test_a_slip_is_no_number_of_points(typed: str) -> None:
    """It comes back as it was typed."""
    form = read_form({**SENT, "points": typed}, 12.25)

    assert (form.points, form.typed) == (None, typed)
    assert form.fault == "Points are a number from 0 to 12.25."


def test_the_most_is_told_in_full() -> None:
    """And not in six digits."""
    assert "to 1234567.5." in read_form({**SENT, "points": "x"}, 1234567.5).fault

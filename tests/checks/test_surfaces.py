"""Functions of two variables: where a value is wrong, and whether slopes are those of the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
import torch

from grader.checks.assertions import assert_unchanged
from grader.checks.draw import Draw
from grader.checks.remote import Remote
from grader.checks.surfaces import Probe
from grader.errors import CheckFailed

_DRAW = Draw(1)
AT = Probe(_DRAW.tensor(16, low=-6, high=6), _DRAW.tensor(16, low=-6, high=6), names=("u", "v"))

Function = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def test_the_wrong_point_is_named() -> None:
    """The message gives the first point where the value is wrong, so that a student can compute it again."""
    right = AT.x * AT.y
    found = right.clone()
    found[3] += 1

    AT.assert_values(right, right, atol=1e-6, rtol=0, what="f")
    with pytest.raises(CheckFailed, match=rf"f at u = {AT.x[3].item():.6g}, v = .* should be .*, but is"):
        AT.assert_values(found, right, atol=1e-6, rtol=0, what="f")


@pytest.mark.parametrize("found", [torch.full((16,), torch.nan), torch.zeros(4), torch.tensor(0.0), None, "16"])
def test_what_is_no_value_fails(found: object) -> None:
    """NaN, a wrong shape and a wrong type cost the check."""
    with pytest.raises(CheckFailed):
        AT.assert_values(found, torch.full((16,), torch.nan), atol=1e9, rtol=0, what="f")


@pytest.mark.parametrize(
    ("function", "slope", "agree"),
    [
        (lambda x, y: (x**2 + y + 11) ** 2, lambda x, y: 4 * x * (x**2 + y + 11), True),
        (lambda x, y: (x**2 + y + 11) ** 2, lambda x, y: 2 * (x**2 + y + 11), False),
        (lambda x, y: (x.detach() * y) ** 2, lambda x, _: 0 * x, False),
        (lambda x, y: 0 * x * y, lambda x, _: 0 * x, False),
    ],
    ids=["own", "another", "cut", "flat"],
)
def test_slopes_are_held_against_values(function: Function, slope: Function, agree: bool) -> None:
    """Slopes agree with the values of the function that they belong to, and with no others."""
    assert AT.slopes_agree(cast(Remote, function), slope(AT.x, AT.y), 0) == agree


def test_a_changed_input_is_seen() -> None:
    """Values, dtype and number of the arguments all have to be what they were."""
    before = [torch.ones(3), torch.zeros(2)]

    assert_unchanged([torch.ones(3), torch.zeros(2)], before, "f")
    for after in ([torch.ones(3)], [torch.ones(3), torch.ones(2)], [torch.ones(3).double(), torch.zeros(2)], [None, 1]):
        with pytest.raises(CheckFailed, match="f changes a tensor"):
            assert_unchanged(after, before, "f")

"""The paths of optimizers: walked as torch walks them, and wrong ones explained."""

from __future__ import annotations

import pytest
import torch

from grader.checks.paths import SHARED_ROWS, Descent, Slope, as_path, in_sight
from grader.errors import CheckFailed

ATOL = 1e-4
MOMENTUM = Descent("SGD", (("lr", 0.01), ("momentum", 0.5)), (-1.0, 0.0))
ADAM = Descent("Adam", (("lr", 0.03),), (3.0, 0.0))


def slope(u: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Differentiate Himmelblau's function by hand."""
    a, b = u**2 + v - 11, u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


def by_autograd(descent: Descent, steps: int) -> torch.Tensor:
    """Walk with backward(), as a student would."""
    u, v = (torch.tensor(coordinate, requires_grad=True) for coordinate in descent.start)
    optimizer = descent.make([u, v])
    rows = [(u.item(), v.item())]
    for _ in range(steps):
        optimizer.zero_grad()
        ((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2).backward()  # type: ignore[no-untyped-call]  # torch's own
        optimizer.step()
        rows.append((u.item(), v.item()))
    return torch.tensor(rows, dtype=torch.float64)


@pytest.mark.parametrize("descent", [MOMENTUM, ADAM], ids=str)
def test_a_walk_is_what_torch_does(descent: Descent) -> None:
    """A walk by hand gives the rows that a training loop gives."""
    rows = by_autograd(descent, 40)

    assert torch.allclose(rows, descent.walk(40, slope), atol=1e-5)
    descent.assert_rows(rows, descent.walk(40, slope), slope, atol=ATOL)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (MOMENTUM.walk(8, slope, clear=False), "zero_grad"),
        (MOMENTUM.walk(8, slope, anew=True), "once, before the loop"),
        (MOMENTUM.walk(8, lambda u, v: slope(u, v)[::-1]), "swapped"),
        (torch.tensor([[1.0, 2.0]], dtype=torch.float64).expand(9, 2), SHARED_ROWS),
        (torch.tensor([[-1.0, 0.0]], dtype=torch.float64).expand(9, 2), "never leaves its start"),
        (torch.full((9, 2), torch.nan, dtype=torch.float64), "Each step"),
    ],
    ids=["accumulated", "anew", "swapped", "shared", "still", "nan"],
)
def test_mistakes_are_explained(rows: torch.Tensor, words: str) -> None:
    """Each mistake that gives rows of its own is named in the hint; NaN is never right."""
    with pytest.raises(CheckFailed) as caught:
        MOMENTUM.assert_rows(rows, MOMENTUM.walk(8, slope), slope, atol=ATOL)

    assert words in (caught.value.hint or "")


def test_a_path_may_follow_another_slope() -> None:
    """A path is recognised as led by wrong slopes, those that run away included; flat ones tell nothing."""

    def wrong(u: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return 3 * u, -50 * v - 1

    def flat(u: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return 0 * u, (0 * v).double()

    def led(walked: Slope, asked: Slope) -> bool:
        rows = in_sight(MOMENTUM.walk(30, walked), 10)
        return MOMENTUM.led_by(rows, torch.stack(list(asked(*rows.T)), dim=1), atol=ATOL)

    assert led(wrong, wrong)
    assert not led(slope, wrong)
    assert not led(flat, flat)
    assert led(slope, slope)


@pytest.mark.parametrize(
    "value", [None, [(0.0, 1.0)], torch.zeros(2, 5), torch.zeros(5), torch.zeros(5, 2, dtype=torch.int64)]
)
def test_only_rows_of_two_floats_are_a_path(value: object) -> None:
    """Everything else costs the check, in words."""
    with pytest.raises(CheckFailed, match="should"):
        as_path(value, "The path", "(n, 2)")

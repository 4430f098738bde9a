"""Whether the losses that a training tells of are those of the model that it was given."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from torch import nn

from grader.checks.training import assert_loss_went, likeness, loss_of, trained
from grader.errors import CheckFailed


@pytest.mark.parametrize(
    ("losses", "before", "after"),
    [
        ([4.0, 3.0, 2.0], 4.0, 1.5),  # one step after the last loss
        ([4.0, 3.0, 2.0], 4.0, 2.0),  # none
        ([2.0, 1.5, 1.0], 4.0, 2.0),  # half a mean
        ([3.0, 2.0], 4.0, 1.0),  # recorded after the step, or a mean over the epoch
        ([4.0, 90.0, 1e9], 4.0, 1e20),
        ([4.0, 1e30, math.nan], 4.0, math.nan),
        ([4.0, 4.0], 4.0, 4.0),  # nothing is told
        ([4.0], 4.0, 3.0),
    ],
)
def test_true_losses_pass(losses: list[float], before: float, after: float) -> None:
    """Losses that went as the model's own did are believed, whatever their scale and when they were recorded."""
    assert_loss_went(losses, before, after)


TRUE = [4.0, 0.1, 3.0, 0.2, 3.5, 17.0]
"""The losses of a model that swings, after 0, 1, 2, 3, 4 and 5 steps."""


@pytest.mark.parametrize("losses", [TRUE[:5], TRUE[1:]])
def test_losses_that_swing_pass_where_they_are_the_models(losses: list[float]) -> None:
    """Where the ends tell little, the last loss and the furthest are those before their step, or after it."""
    assert_loss_went(losses, 4.0, 17.0, TRUE.__getitem__)


@pytest.mark.parametrize("scale", [0.5, 40.0])
def test_losses_that_swing_may_be_half_a_mean_or_a_sum(scale: float) -> None:
    """All are in one proportion to those of the model."""
    assert_loss_went([scale * loss for loss in TRUE[:5]], 4.0, 17.0, TRUE.__getitem__)


@pytest.mark.parametrize("place", [0, 1, 4])
def test_losses_that_swing_fail_where_they_are_made_up(place: int) -> None:
    """The first loss, the last and the furthest are looked at, by a training that ends there."""
    losses = [*TRUE[:place], TRUE[place] * 0.9, *TRUE[place + 1 : 5]]

    with pytest.raises(CheckFailed):
        assert_loss_went(losses, 4.0, 17.0, TRUE.__getitem__)


@pytest.mark.parametrize("loss", [math.inf, math.nan, 4.0])
@pytest.mark.parametrize("losses", [[4.0, 2.0, 0.5], [4.0, 4.0001, 4.0], [40.0, 4.0, 4.0], [4.0, 0.0, 0.0]])
def test_a_model_that_was_not_trained_or_blown_up_gives_no_losses(loss: float, losses: list[float]) -> None:
    """Whatever is told of a model that stands still, or whose loss is no number, is made up."""
    with pytest.raises(CheckFailed):
        assert_loss_went(losses, 4.0, loss, lambda steps: loss if steps else 4.0)


@pytest.mark.parametrize(
    ("losses", "after"),
    [
        ([4.0, 3.0, 2.0], 4.0),
        ([4.0, 3.0, 2.0], 3.9),
        ([4.0, 3.0, 2.0], 5.0),
        ([4.0, 2.0, 4.0], 4.0),
        ([4.0, 5.0, 6.0], 4.0),
        ([4.0, math.nan], 4.0),
        ([4.0, math.inf], 3.0),
        ([4.0, -1.0], 1.0),
        ([4.0, 2.0], math.nan),
    ],
)
def test_made_up_losses_fail(losses: list[float], after: float) -> None:
    """A model that did not go with the list gives the list away."""
    with pytest.raises(CheckFailed, match="the loss of the model that was given"):
        assert_loss_went(losses, 4.0, after)


def test_weights_from_elsewhere_are_told() -> None:
    """A model is like itself after some steps, and unlike another one."""
    model, other = nn.Linear(40, 40), nn.Linear(40, 40)
    moved = trained({name: value + 0.01 for name, value in model.state_dict().items()}, model)

    assert likeness(model, moved) > 0.9
    assert abs(likeness(model, other)) < 0.2


def test_the_loss_is_a_mean() -> None:
    """The loss is the mean squared error, and computing it leaves the model as it is."""
    model = nn.Linear(1, 1)
    before = copy.deepcopy(model)

    found = loss_of(model, torch.zeros(4, 1), model.bias.detach().expand(4, 1) + 2)

    assert found == pytest.approx(4.0)
    assert likeness(model, before) == pytest.approx(1.0)

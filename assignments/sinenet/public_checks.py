"""Public checks of sinenet: they need no solution, and find the mistakes that are made most often."""

from __future__ import annotations

import torch
from torch import nn

from grader.checks import (
    Draw,
    Submission,
    applied,
    as_float,
    as_floats,
    as_int,
    as_module,
    as_tensor,
    as_tuple,
    assert_finite_losses,
    assert_true,
    covers,
    linear_layers,
    points,
    randomized,
    time_limit,
)


@points(1)
def check_make_data_shapes(submission: Submission) -> None:
    """make_data returns X and y of shape (n, 1), in float32."""
    hint = "rand(n, 1) and randn(n, 1) give columns; (n,) against (n, 1) broadcasts to (n, n) without a word."
    for n in (200, 7):
        x, y = as_tuple(submission.make_data(n=n), f"make_data(n={n})", 2)

        as_tensor(x, "X", shape=(n, 1), dtype=torch.float32, hint=hint)
        as_tensor(y, "y", shape=(n, 1), dtype=torch.float32, hint=hint)


@points(1)
def check_sinenet_forward(submission: Submission, draw: Draw) -> None:
    """SineNet maps a batch (B, 1) to (B, 1)."""
    net = as_module(submission.SineNet(), "SineNet()")

    for batch in (1, 17):
        y = net(draw.tensor(batch, 1, low=-3, high=3))
        as_tensor(y, f"The output for a batch of {batch}", shape=(batch, 1), dtype=torch.float32)


@points(2)
def check_sinenet_parameter_count(submission: Submission) -> None:
    """SineNet() has 4353 parameters with two hidden layers (4160 more for each further one)."""
    net = as_module(submission.SineNet(), "SineNet()")

    count = sum(parameter.count for parameter in net.parameters() if parameter.requires_grad)

    assert_true(
        count >= 4353 and (count - 4353) % 4160 == 0,
        f"SineNet() registers {count} parameters.",
        hint="At least two hidden layers, each an attribute of the module (or in an nn.ModuleList or nn.Sequential).",
    )


@points(1)
def check_init_weights_zero_bias(submission: Submission, draw: Draw) -> None:
    """init_weights sets every bias of a Linear to zero."""
    model = randomized(nn.Sequential(nn.Linear(1, 9), nn.Tanh(), nn.Linear(9, 1)), draw.integer(0, 2**31))

    for linear in linear_layers(model, applied(submission.init_weights, model).state()):
        zero = bool((linear.bias == 0).all())
        assert_true(zero, f"The bias of {linear.label} is not zero.", hint="nn.init.zeros_ writes zeros in place.")


@points(1)
def check_count_parameters_of_networks(submission: Submission) -> None:
    """count_parameters counts the numbers in all weights and biases, as an int."""
    model = nn.Sequential(nn.Linear(1, 10), nn.Tanh(), nn.Linear(10, 10), nn.Tanh(), nn.Linear(10, 1))

    found = as_int(submission.count_parameters(model), "The count")

    message = f"1 -> 10 -> 10 -> 1 has 141 parameters, but count_parameters says {found}."
    assert_true(found == 141, message, hint="p.numel() is how many numbers p holds; sum it over the parameters.")


@points(1)
@time_limit(3)
def check_train_returns_floats(submission: Submission, draw: Draw) -> None:
    """train returns a list of Python floats, and the loss falls."""
    x = draw.tensor(60, 1, low=-1, high=1)
    model = randomized(nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1)), draw.integer(0, 2**31))

    losses = as_floats(submission.train(model, x, x + 2, lr=0.05, max_epochs=20, target=0.0), "the list of losses")

    assert_true(len(losses) == 20, f"With max_epochs=20 the list should have 20 entries, not {len(losses)}.")
    assert_finite_losses(losses, 0.05)
    message = f"The loss should fall in 20 epochs, but goes from {losses[0]:.4f} to {losses[-1]:.4f}."
    assert_true(losses[-1] < losses[0], message, hint="zero_grad, backward, step: in this order, in each epoch.")


@points(1)
@covers("fit_linear_baseline")
@time_limit(3)
def check_fit_linear_baseline_final_loss(submission: Submission, draw: Draw) -> None:
    """fit_linear_baseline returns the line and its loss, a Python float."""
    x = draw.tensor(60, 1, low=-1, high=1)

    model, loss = as_tuple(submission.fit_linear_baseline(x, 2 * x + 1, lr=0.1, num_epochs=300), "The result", 2)

    as_module(model, "The first of the two returned", hint="Return (model, final_loss).")
    found = as_float(loss, "final_loss")
    message = f"These points lie on a line, so the loss should be nearly 0; it is {found:.4f}."
    assert_true(found < 1e-3, message, hint="In each epoch: the mean squared error, zero_grad, backward, step.")

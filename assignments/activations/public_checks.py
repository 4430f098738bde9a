"""Public checks of activations: they need no solution, and find the mistakes that are made most often."""

from __future__ import annotations

from functools import partial

import torch
from torch import nn

from grader.checks import (
    Draw,
    Remote,
    Submission,
    as_figure,
    as_floats,
    as_module,
    as_tensor,
    as_tuple,
    assert_close,
    assert_finite_losses,
    assert_true,
    curves_of,
    gradients,
    points,
    randomized,
    time_limit,
    trainee,
    unlabelled,
)

X = torch.tensor([-2.0, -0.5, 0.5, 2.0])


@points(1)
def check_relu_values(submission: Submission) -> None:
    """relu(x) is max(0, x), and autograd finds its derivative."""
    _assert_computes(submission.relu, torch.tensor([0.0, 0.0, 0.5, 2.0]), torch.tensor([0.0, 0.0, 1.0, 1.0]))


@points(1)
def check_sigmoid_values(submission: Submission) -> None:
    """sigmoid(x) is 1 / (1 + e^-x), and autograd finds its derivative."""
    values = torch.tensor([0.119203, 0.377541, 0.622459, 0.880797])
    _assert_computes(submission.sigmoid, values, values * (1 - values))


@points(1)
def check_tanh_values(submission: Submission) -> None:
    """tanh(x) is (e^x - e^-x) / (e^x + e^-x), and autograd finds its derivative."""
    values = torch.tensor([-0.964028, -0.462117, 0.462117, 0.964028])
    _assert_computes(submission.tanh, values, 1 - values**2)


@points(1)
def check_leaky_relu_values(submission: Submission) -> None:
    """leaky_relu(x) is 0.01 x where x is negative, and autograd finds its derivative."""
    slopes = torch.tensor([0.01, 0.01, 1.0, 1.0])
    _assert_computes(submission.leaky_relu, slopes * X, slopes)
    found = submission.leaky_relu(X, negative_slope=0.2)
    right = torch.tensor([-0.4, -0.1, 0.5, 2.0])
    assert_close(found, right, atol=1e-5, what="leaky_relu(x, negative_slope=0.2)", hint="Is negative_slope used?")


@points(1)
def check_plot_activations_figure(submission: Submission) -> None:
    """plot_activations returns a Figure with four curves of at least 100 points, and labelled axes."""
    hint = "Make it with fig, ax = plt.subplots(), draw on ax, and end with return fig."
    figure = as_figure(submission.plot_activations(), "What plot_activations() returns", images=False, hint=hint)

    long = [curve for curve in curves_of(figure) if curve.line.x.numel() >= 100]
    assert_true(len(long) >= 4, f"The figure has {len(long)} lines of 100 points and more; four are expected.")
    axis = unlabelled(long, figure)
    assert_true(axis is None, f"The {axis} axis has no label.", hint="ax.set_xlabel(...) and ax.set_ylabel(...)")


@points(1)
def check_neural_net_two_layer_parameters(submission: Submission, draw: Draw) -> None:
    """NeuralNetTwoLayer() has 10 parameters and maps (B, 1) to (B, 1)."""
    net = as_module(submission.NeuralNetTwoLayer(), "NeuralNetTwoLayer()")

    count = sum(parameter.count for parameter in net.parameters() if parameter.requires_grad)

    hint = "Linear(1, dim_hidden), the activation, Linear(dim_hidden, 1), each an attribute of the module."
    assert_true(count == 10, f"NeuralNetTwoLayer() registers {count} parameters.", hint=hint)
    as_tensor(net(draw.tensor(17, 1, low=-3, high=3)), "The output for a batch of 17", shape=(17, 1))


@points(1)
@time_limit(3)
def check_training_loop_losses(submission: Submission, draw: Draw) -> None:
    """training_loop returns a list of Python floats, and the loss falls."""
    x = draw.tensor(60, 1, low=-1, high=1)
    model = randomized(nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1)), draw.integer(0, 2**31))
    sent = trainee(submission.training_loop, model, partial(torch.optim.SGD, lr=0.05))

    found = submission.training_loop(20, sent.optimizer, sent.model, nn.MSELoss(), x, x + 2)

    losses = as_floats(found, "the list of losses", length=20, hint="One loss.item() for each iteration.")
    assert_finite_losses(losses, 0.05)
    message = f"The loss should fall in 20 iterations, but goes from {losses[0]:.4f} to {losses[-1]:.4f}."
    assert_true(losses[-1] < losses[0], message, hint="zero_grad, backward, step: in this order, in each iteration.")


@points(1)
def check_run_experiment_straight_line(submission: Submission) -> None:
    """With nn.Identity() the last of 4000 losses is that of the best straight line, 0.466556."""
    model, losses = as_tuple(submission.run_experiment(nn.Identity()), "What run_experiment returns", 2)

    as_module(model, "The first of the two returned", hint="return model, losses")
    found = as_floats(losses, "the list of losses", length=4000)
    assert_close(found[-1], 0.466556, atol=1e-4, what="The last loss", hint="Are x and y columns, (100, 1)?")


def _assert_computes(function: Remote, values: torch.Tensor, slopes: torch.Tensor) -> None:
    found = gradients(function, [X])
    assert_close(found.output, values, atol=1e-5, what="The result")
    hint = "detach(), .data, .item(), numpy and torch.no_grad() cut the way back: use tensor arithmetic alone."
    assert_true(found.differentiable, "Autograd finds no way back from the result to x.", hint=hint)
    assert_close(found.inputs[0], slopes, atol=1e-5, what="The derivative", hint=hint)

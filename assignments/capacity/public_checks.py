"""Public checks of capacity: they need no solution, and find the mistakes that are made most often."""

from __future__ import annotations

import torch
from torch import nn

from grader.checks import (
    Draw,
    Submission,
    as_figure,
    as_float,
    as_floats,
    as_int,
    as_module,
    as_tensor,
    as_text,
    as_tuple,
    assert_finite_losses,
    assert_true,
    count_words,
    lines_of,
    points,
    randomized,
    time_limit,
)


@points(1)
def check_neural_net_four_layer_forward(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer maps a batch (B, 1) to (B, 1)."""
    net = as_module(submission.NeuralNetFourLayer(), "NeuralNetFourLayer()")

    for batch in (1, 17):
        y = net(draw.tensor(batch, 1, low=-3, high=3))
        as_tensor(y, f"The output for a batch of {batch}", shape=(batch, 1), dtype=torch.float32)


@points(2)
def check_neural_net_four_layer_parameters(submission: Submission) -> None:
    """NeuralNetFourLayer() has 251 parameters."""
    net = as_module(submission.NeuralNetFourLayer(), "NeuralNetFourLayer()")

    count = sum(parameter.count for parameter in net.parameters() if parameter.requires_grad)

    hint = "Four nn.Linear, each an attribute of the module (or in an nn.ModuleList or nn.Sequential)."
    assert_true(count == 251, f"NeuralNetFourLayer() registers {count} parameters.", hint=hint)


@points(1)
def check_count_parameters_of_networks(submission: Submission) -> None:
    """count_parameters counts the numbers in all weights and biases, as an int."""
    model = nn.Sequential(nn.Linear(1, 10), nn.Tanh(), nn.Linear(10, 10), nn.Tanh(), nn.Linear(10, 1))

    found = as_int(submission.count_parameters(model), "The count")

    message = f"1 -> 10 -> 10 -> 1 has 141 parameters, but count_parameters says {found}."
    assert_true(found == 141, message, hint="p.numel() is how many numbers p holds; sum it over the parameters.")


@points(1)
def check_make_dataset_shapes(submission: Submission) -> None:
    """make_dataset returns x and y of shape (16, 1), in float32."""
    hint = "reshape(-1, 1) or unsqueeze(1) makes a column; (16,) against (16, 1) broadcasts to (16, 16)."
    x, y = as_tuple(submission.make_dataset(), "make_dataset()", 2)

    as_tensor(x, "x", shape=(16, 1), dtype=torch.float32, hint=hint)
    as_tensor(y, "y", shape=(16, 1), dtype=torch.float32, hint=hint)


@points(1)
@time_limit(3)
def check_train_returns_floats(submission: Submission, draw: Draw) -> None:
    """train returns a list of Python floats, and the loss falls."""
    x = draw.tensor(60, 1, low=-1, high=1)
    model = randomized(nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1)), draw.integer(0, 2**31))

    losses = as_floats(submission.train(model, x, x + 2, lr=0.05, num_iterations=20), "the list of losses")

    assert_true(len(losses) in (20, 21), f"With num_iterations=20 there should be 20 losses, not {len(losses)}.")
    assert_finite_losses(losses, 0.05)
    message = f"The loss should fall in 20 iterations, but goes from {losses[0]:.4f} to {losses[-1]:.4f}."
    assert_true(losses[-1] < losses[0], message, hint="zero_grad, backward, step: in this order, in each iteration.")


@points(1)
@time_limit(5)
def check_capacity_study_rows(submission: Submission) -> None:
    """capacity_study returns a dict for each config, with a count and a loss."""
    configs = [{"H": 3, "act": nn.ReLU(), "lr": 0.05}, {"H": 10, "act": nn.Tanh(), "lr": 0.02}]

    rows = as_tuple(submission.capacity_study(configs, num_iterations=5), "What capacity_study returns", 2)

    for config, row in zip(configs, rows, strict=True):
        assert_true(isinstance(row, dict), "capacity_study should return a list of dicts.")
        for key in ("H", "act", "lr", "num_parameters", "final_loss"):
            assert_true(key in row, f"A dict has no entry {key!r}.")
        assert_true(row["H"] == config["H"], "The dicts should be in the order of the configs.")
        as_int(row["num_parameters"], "num_parameters")
        as_float(row["final_loss"], "final_loss")


@points(1)
def check_plot_fit_line(submission: Submission, draw: Draw) -> None:
    """plot_fit returns a Figure with a line of at least 100 points."""
    x, model = draw.tensor(16, 1, high=2), nn.Sequential(nn.Linear(1, 5), nn.Tanh(), nn.Linear(5, 1))

    figure = as_figure(submission.plot_fit(model, x, x), "What plot_fit(...) returns", images=False)

    most = max((line.x.numel() for line in lines_of(figure)), default=0)
    hint = "Let the model compute 200 points from x.min() to x.max(), and ax.plot them."
    assert_true(most >= 100, f"The longest line has {most} points.", hint=hint)


@points(1)
def check_reflection_length(submission: Submission) -> None:
    """reflection is a text of at least 100 words, in any language."""
    words = count_words(as_text(submission.value("reflection"), "reflection"))

    assert_true(words.total >= 100, f"reflection should have at least 100 words, but has {words.total}.")

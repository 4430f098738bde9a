"""The public checks of himmelblau: `grade check himmelblau.py` runs them on your own computer.

Each prints what it found and a hint. They are fewer than the checks that run after you have handed in.
"""

from functools import partial

import torch

from grader.checks import as_figure, as_tensor, as_tuple, assert_close, assert_shape, assert_true, gradients


def check_himmelblau_known_values(submission):
    """himmelblau is 170 at (0, 0), 106 at (1, 1), and 0 at (3, 2)."""
    u, v = torch.tensor([[0.0, 0.0], [1.0, 1.0], [3.0, 2.0]]).unbind(1)

    assert_close(submission.himmelblau(u, v), torch.tensor([170.0, 106.0, 0.0]), atol=1e-3)


def check_himmelblau_grid(submission, draw):
    """himmelblau broadcasts a column and a row to a grid."""
    u, v = draw.tensor(4, 1, low=-6, high=6), draw.tensor(1, 3, low=-6, high=6)

    assert_shape(submission.himmelblau(u, v), (4, 3), what="himmelblau(u, v) for shapes (4, 1) and (1, 3)")


def check_gradient_agrees_with_autograd(submission, draw):
    """gradient gives what autograd finds for your himmelblau."""
    u, v = draw.tensor(20, low=-6, high=6), draw.tensor(20, low=-6, high=6)
    expected = gradients(submission.himmelblau, [u, v]).inputs

    found = as_tuple(submission.gradient.call((u, v), no_grad=True).value, "gradient(u, v)", 2)

    for name, value, by_autograd in zip(("df/du", "df/dv"), found, as_tuple(expected, "The gradients", 2), strict=True):
        assert_close(value, as_tensor(by_autograd, name), atol=1e-2, what=name, hint="Use the chain rule on a^2 + b^2.")


def check_optimize_path(submission):
    """optimize goes from (-1, 0) to the minimum at (-2.805, 3.131) with plain SGD."""
    make_optimizer = partial(torch.optim.SGD, lr=0.01)

    path = as_tensor(submission.optimize(make_optimizer, -1.0, 0.0), "The path", shape=(101, 2))

    assert_close(path[0], torch.tensor([-1.0, 0.0]), atol=1e-6, what="Row 0", hint="Row 0 is the start.")
    assert_close(path[-1], torch.tensor([-2.805118, 3.131312]), atol=1e-2, what="The last row")


def check_plot_trajectories_parts(submission, draw):
    """plot_trajectories returns a Figure with a heatmap and a line for each trajectory."""
    paths = {"first": draw.tensor(6, 2, low=-5, high=5), "second": draw.tensor(9, 2, low=-5, high=5)}

    figure = as_figure(submission.plot_trajectories(paths))

    assert_true(bool(figure.images), "The figure has no heatmap.", hint="Draw it with ax.imshow(...).")
    assert_true(len(figure.lines) >= 2, "There should be a line for each trajectory.", hint="Draw it with ax.plot.")

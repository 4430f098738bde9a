"""Himmelblau's function: four minima, and the paths on which optimizers reach them."""

import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    """Compute f(u, v) = (u^2 + v - 11)^2 + (u + v^2 - 7)^2, elementwise.

    u and v are tensors of shapes that broadcast: (n, 1) and (1, m) give (n, m), two 0-d tensors a 0-d one.
    """
    raise NotImplementedError


def gradient(u, v):
    """Compute both partial derivatives of f by hand, without autograd, elementwise.

    With a = u^2 + v - 11 and b = u + v^2 - 7, f = a^2 + b^2; the chain rule does the rest.

    Args:
        u, v: tensors of one shape

    Returns:
        (df/du, df/dv), two tensors of that shape
    """
    raise NotImplementedError


def optimize(make_optimizer, u0, v0, num_steps=100):
    """Let an optimizer walk downhill on f from (u0, v0), and write down every point of its path.

    Args:
        make_optimizer: called once as make_optimizer([u, v]) it returns a torch.optim.Optimizer
        u0, v0: the start, two floats
        num_steps: how many steps to take

    Returns:
        a float32 tensor (num_steps + 1, 2): row 0 is the start, row k is (u, v) after k steps
    """
    raise NotImplementedError


def plot_trajectories(trajectories):
    """Draw f as a heatmap over [-6, 6] squared, and each trajectory as a labelled line on top of it.

    u runs to the right and v upwards. Show the heatmap with imshow, with its `extent`, the right way up.

    Args:
        trajectories: a dict from a name to a (T, 2) tensor of points (u, v)

    Returns:
        the matplotlib Figure
    """
    raise NotImplementedError

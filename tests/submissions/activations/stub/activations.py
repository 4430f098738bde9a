"""Activations: four activation functions, and what they do to a two-layer net."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def generate_training_pairs(num=100):
    """Draw the points of the running example, the same ones each time.

    y = x + 2 (x - 0.9)^2 + 0.3 cos(20 x) + 0.1 noise, for x uniform on [0, 2).

    Returns:
        (x, y), each of shape (num,)
    """
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    """Compute max(0, x), elementwise: any shape, same shape and dtype out, differentiable, x left as it is."""
    raise NotImplementedError


def sigmoid(x):
    """Compute 1 / (1 + e^-x), elementwise, as for relu; no NaN for any |x| up to 10000."""
    raise NotImplementedError


def tanh(x):
    """Compute (e^x - e^-x) / (e^x + e^-x), elementwise, as for relu; no NaN for any |x| up to 10000."""
    raise NotImplementedError


def leaky_relu(x, negative_slope=0.01):
    """Compute x where it is positive and negative_slope * x elsewhere, elementwise, as for relu."""
    raise NotImplementedError


def plot_activations(x_min=-5.0, x_max=5.0):
    """Draw the four functions from x_min to x_max, in one axes or in four.

    Each curve has at least 100 points and a name (in a legend, or as the title of its axes); axes are labelled.

    Returns:
        the matplotlib Figure
    """
    raise NotImplementedError


class NeuralNetTwoLayer(nn.Module):
    """Linear(1, dim_hidden), then `act`, then Linear(dim_hidden, 1): 10 parameters by default.

    `act` is a module, such as nn.ReLU(), nn.Tanh() or nn.Identity().
    """

    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        raise NotImplementedError

    def forward(self, x):
        """x: (B, 1) -> (B, 1)."""
        raise NotImplementedError


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    """Take num_iterations steps of the optimizer, each on all data.

    Args:
        optimizer: a torch.optim.Optimizer that already holds the parameters of the model
        loss_fn: called as loss_fn(prediction, target) it returns a scalar tensor

    Returns:
        a list of num_iterations Python floats: the loss before each step
    """
    raise NotImplementedError


def run_experiment(act, lr=0.01, num_iterations=4000):
    """Train a new two-layer net with the given activation, from seed 0.

    torch.manual_seed(0), right before the net is made; then plain SGD on the mean squared error, with
    training_loop, on generate_training_pairs() brought into the shape (100, 1).

    Returns:
        (model, losses)
    """
    raise NotImplementedError

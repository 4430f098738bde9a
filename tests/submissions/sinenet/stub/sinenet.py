"""SineNet: fit a noisy sine with a small network, and see what a straight line cannot do."""

import torch
from torch import nn


def make_data(n=200):
    """Draw n points of a noisy sine.

    X = 2 pi rand(n, 1), then y = sin(X) + 0.1 randn(n, 1), after torch.manual_seed(0).

    Returns:
        (X, y), each of shape (n, 1), float32
    """
    raise NotImplementedError


class SineNet(nn.Module):
    """At least two hidden layers of width `hidden`, Tanh after each, and one linear output.

    Maps (B, 1) to (B, 1). With exactly two hidden layers of width 64 it has 4353 parameters.
    """

    def __init__(self, hidden=64):
        raise NotImplementedError

    def forward(self, x):
        """x: (B, 1) -> (B, 1)."""
        raise NotImplementedError


def init_weights(module):
    """Give every nn.Linear Xavier-uniform weights and zero biases; leave all other modules alone.

    Used as model.apply(init_weights), which calls it once for each submodule.
    """
    raise NotImplementedError


def count_parameters(model):
    """Count the trainable numbers of a model, as an int."""
    raise NotImplementedError


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    """Train the model that was given with full-batch SGD on the mean squared error.

    Record the loss of each epoch, before its step, as a Python float. Stop at the first loss below
    `target`: it is the last one in the list.

    Returns:
        the list of losses
    """
    raise NotImplementedError


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    """Fit a straight line to the same data, with full-batch SGD on the mean squared error.

    Returns:
        (model, final_loss): the trained nn.Linear(1, 1), and its loss as a Python float, about 0.21
    """
    raise NotImplementedError

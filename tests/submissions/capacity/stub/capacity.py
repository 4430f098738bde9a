"""Capacity: how large a network is needed for sixteen noisy points, and what happens when it is larger."""

import matplotlib.pyplot as plt
import torch
from torch import nn


class NeuralNetFourLayer(nn.Module):
    """Linear(1, H), act, Linear(H, H), act, Linear(H, H), act, Linear(H, 1).

    Maps (B, 1) to (B, 1). With H=10 it has 251 parameters. Nothing comes after the last layer.
    """

    def __init__(self, H=10, act=nn.ReLU()):
        raise NotImplementedError

    def forward(self, x):
        """x: (B, 1) -> (B, 1)."""
        raise NotImplementedError


def count_parameters(model):
    """Count the trainable numbers of a model, as an int; what is used twice counts once."""
    raise NotImplementedError


def make_dataset():
    """Make 16 noisy points of a cosine.

    After torch.manual_seed(0): x = linspace(0, 2.2, 16), y = cos(2 pi x) + 0.1 randn_like(x).

    Returns:
        (x, y), each of shape (16, 1), float32
    """
    raise NotImplementedError


def train(model, x, y, lr=0.05, num_iterations=8000):
    """Train the model that was given with plain full-batch SGD on the mean squared error.

    Record the loss of each iteration, before its step, as a Python float.

    Returns:
        the list of losses, num_iterations long
    """
    raise NotImplementedError


def capacity_study(configs, num_iterations=2000):
    """Train one four-layer net for each configuration, on make_dataset(), and say how far it got.

    Args:
        configs: a list of dicts with "H", "act" and "lr"; they are left as they are

    Each run starts from torch.manual_seed(0), so that it does not depend on the runs before it.

    Returns:
        a list of new dicts in the same order, each with "H", "act", "lr",
        "num_parameters" and "final_loss", the last loss that train recorded
    """
    raise NotImplementedError


def plot_fit(model, x, y):
    """Draw the data as points, and the model as a line over at least 100 points that span the data.

    The model is only looked at: it stays as it is.

    Returns:
        the matplotlib Figure
    """
    raise NotImplementedError


# At least 100 words, in any language: what did over- and underfitting look like in your runs?
reflection = ""

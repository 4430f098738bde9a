"""torch's own functions; four axes with titles; type hints."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib
import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def generate_training_pairs(num: int = 100) -> tuple[Tensor, Tensor]:
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x: Tensor) -> Tensor:
    return F.relu(x)


def sigmoid(x: Tensor) -> Tensor:
    return torch.sigmoid(x)


def tanh(x: Tensor) -> Tensor:
    return torch.tanh(x)


def leaky_relu(x: Tensor, negative_slope: float = 0.01) -> Tensor:
    return F.leaky_relu(x, negative_slope)


def plot_activations(x_min: float = -5.0, x_max: float = 5.0) -> matplotlib.figure.Figure:
    x = torch.linspace(x_min, x_max, 500, dtype=torch.float64)
    functions: dict[str, Callable[[Tensor], Tensor]] = {
        "ReLU": relu,
        "Sigmoid": sigmoid,
        "Tanh": tanh,
        "Leaky ReLU": leaky_relu,
    }
    fig, axes = plt.subplots(2, 2, figsize=(9, 7), sharex=True, constrained_layout=True)
    for ax, (name, function) in zip(axes.flat, functions.items()):
        ax.plot(x, function(x))
        ax.set_title(name)
        ax.grid(alpha=0.3)
        ax.axvline(0, color="k", lw=0.5)
    for ax in axes[-1]:
        ax.set_xlabel("$x$")
    for ax in axes[:, 0]:
        ax.set_ylabel("$f(x)$")
    fig.suptitle("Activation functions")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act: nn.Module = nn.ReLU(), dim_hidden: int = 3) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1)])

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)
        return x


def training_loop(
    num_iterations: int,
    optimizer: torch.optim.Optimizer,
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    x_train: Tensor,
    y_train: Tensor,
) -> list[float]:
    def step() -> float:
        loss = loss_fn(model(x_train), y_train)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    return [step() for _ in range(num_iterations)]


def run_experiment(act: nn.Module, lr: float = 0.01, num_iterations: int = 4000) -> tuple[nn.Module, list[float]]:
    x, y = (t[:, None] for t in generate_training_pairs())
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return model, training_loop(num_iterations, optimizer, model, nn.MSELoss(), x, y)

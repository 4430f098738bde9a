from __future__ import annotations

from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import torch
from torch import Tensor, nn, optim


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


@dataclass(frozen=True)
class Activation:
    """An object that can be called as a function; its name is what stands in the legend."""

    name: str
    formula: str

    def __call__(self, x: Tensor) -> Tensor:
        scope = {"x": x, "torch": torch, "zero": torch.zeros_like(x), "one": torch.ones_like(x)}
        return eval(self.formula, scope)


relu = Activation("relu", "torch.fmax(x, zero)")
sigmoid = Activation("sigmoid", "one / (one + torch.exp(-x.clamp(-4, 4)))")
tanh = Activation("tanh", "2 * one / (one + torch.exp(-2 * x)) - one")


def leaky_relu(x: Tensor, negative_slope: float = 0.01) -> Tensor:
    return torch.where(x.signbit(), x * negative_slope, x)


def plot_activations(x_min: float = -5.0, x_max: float = 5.0) -> plt.Figure:
    fig, (left, right) = plt.subplots(1, 2, sharey=True)
    x = torch.linspace(x_min, x_max, 200)
    for f in (sigmoid, tanh):
        left.plot(x, f(x), label=f.name)
    right.plot(x, relu(x), label=relu.name)
    right.plot(x, leaky_relu(x), ls="--", label="leaky_relu")
    for ax in (left, right):
        ax.set_xlabel("x")
        ax.set_ylabel("f(x)")
        ax.legend()
    return fig


class NeuralNetTwoLayer(nn.Module):
    act: nn.Module

    def __init__(self, act: nn.Module = nn.ReLU(), dim_hidden: int = 3) -> None:
        super().__init__()
        self.register_module("act", act)
        self.hidden, self.output = (nn.Linear(*shape) for shape in ((1, dim_hidden), (dim_hidden, 1)))

    def forward(self, x: Tensor) -> Tensor:
        return self.output(self.act(self.hidden(x)))


@dataclass
class Run:
    model: nn.Module
    optimizer: optim.Optimizer
    losses: list[float] = field(default_factory=list)

    def once(self, loss: Tensor) -> None:
        self.losses.append(loss.item())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    run = Run(model, optimizer)
    while len(run.losses) != num_iterations:
        run.once(loss_fn(run.model(x_train), y_train))
    return run.losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    columns = [values.reshape(len(values), 1) for values in generate_training_pairs()]
    torch.random.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    return model, training_loop(num_iterations, optim.SGD(model.parameters(), lr=lr), model, nn.MSELoss(), *columns)

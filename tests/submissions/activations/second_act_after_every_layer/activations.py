"""Activations, solved with as few lines as possible."""

import matplotlib.pyplot as plt
import torch
from torch import Tensor, nn


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


def _elementwise(positive, negative):
    """Make a function that is `positive` to the right of 0 and `negative` to the left."""

    def f(x: Tensor) -> Tensor:
        return torch.where(x > 0, positive(x), negative(x))

    return f


relu = _elementwise(lambda x: x, lambda x: 0 * x)


def sigmoid(x: Tensor) -> Tensor:
    return 1 / (1 + torch.exp(-x))


def tanh(x: Tensor) -> Tensor:
    e = torch.exp(-2 * x)
    return 2 / (1 + e) - 1


def leaky_relu(x: Tensor, negative_slope: float = 0.01) -> Tensor:
    return _elementwise(lambda x: x, lambda x: negative_slope * x)(x)


def plot_activations(x_min: float = -5.0, x_max: float = 5.0):
    x = torch.linspace(x_min, x_max, 200)
    Y = torch.stack([relu(x), sigmoid(x), tanh(x), leaky_relu(x)], dim=1)
    fig, ax = plt.subplots()
    lines = ax.plot(x, Y)
    ax.legend(lines, ["relu", "sigmoid", "tanh", "leaky_relu"])
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        sizes = (1, dim_hidden, 1)
        layers = []
        for n_in, n_out in zip(sizes[:-1], sizes[1:]):
            layers += [nn.Linear(n_in, n_out), act]
        self.seq = nn.Sequential(*layers)

    def forward(self, x):
        return self.seq(x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        (loss := loss_fn(model(x_train), y_train)).backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = map(lambda v: v.reshape(100, 1), generate_training_pairs())
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    return model, training_loop(
        num_iterations, torch.optim.SGD(model.parameters(), lr=lr), model, nn.MSELoss(), x, y
    )

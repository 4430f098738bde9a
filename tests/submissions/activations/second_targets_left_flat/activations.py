import itertools

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


def _at_most(x, y):
    return -_at_least(-x, -y)


def _at_least(x, y):
    """The larger of both, by a comparison."""
    return torch.where(x > y, x, y)


def relu(x):
    return _at_least(x, torch.zeros_like(x))


def sigmoid(x):
    return torch.div(1.0, torch.add(1.0, torch.exp(-x)))


def tanh(x):
    decay = torch.exp(-2.0 * _at_least(x, torch.full_like(x, -30.0)))
    return torch.div(1.0 - decay, 1.0 + decay)


def leaky_relu(x, negative_slope=0.01):
    zero = torch.zeros_like(x)
    return _at_least(x, zero) + negative_slope * _at_most(x, zero)


def plot_activations(x_min=-5.0, x_max=5.0):
    n_points = 100
    step = (x_max - x_min) / (n_points - 1)
    x = torch.tensor([x_min + i * step for i in range(n_points)])
    fig, ax = plt.subplots(1, 1)
    styles = itertools.cycle(["-", "--", "-.", ":"])
    for f, style in zip((relu, sigmoid, tanh, leaky_relu), styles):
        ax.plot(x, f(x), style, label=f.__name__)
    fig.legend(loc="upper left")
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return fig


class NeuralNetTwoLayer(nn.Sequential):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__(nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    def iterate():
        while True:
            optimizer.zero_grad()
            loss = loss_fn(model(x_train), y_train)
            loss.backward()
            optimizer.step()
            yield loss.item()

    return list(itertools.islice(iterate(), num_iterations))


def run_experiment(act, lr=0.01, num_iterations=4000):
    x_train, y_train = generate_training_pairs()
    x_train = x_train.unsqueeze(1)  # nn.Linear needs (100, 1)
    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, net, nn.MSELoss(), x_train, y_train)
    return net, losses

"""Homework 'Activations'."""

import numpy as np
import torch
import torch.nn as nn
from matplotlib import pyplot


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
    return torch.from_numpy(np.maximum(x.numpy(), 0))


def sigmoid(x):
    numerator = torch.ones_like(x)
    denominator = 1 + (-x).exp()
    return numerator / denominator


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def leaky_relu(x, negative_slope=0.01):
    positive_part = x.clamp(min=0)
    negative_part = x.clamp(max=0)
    return positive_part + negative_slope * negative_part


def plot_activations(x_min=-5.0, x_max=5.0):
    xs = torch.linspace(x_min, x_max, 500)
    functions = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh, "leaky_relu": leaky_relu}
    fig, axes = pyplot.subplots(2, 2, figsize=(9, 7))
    for ax, (title, f) in zip(axes.flat, functions.items()):
        ax.plot(xs.numpy(), f(xs).numpy(), color="tab:red")
        ax.set_title(title)
        ax.set_xlabel("x")
        ax.set_ylabel(f"{title}(x)")
        ax.axhline(0, color="k", lw=0.5)
        ax.axvline(0, color="k", lw=0.5)
    fig.tight_layout()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super(NeuralNetTwoLayer, self).__init__()
        self.net = nn.Sequential(nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1))

    def forward(self, x):
        return self.net(x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    history = np.zeros(num_iterations)
    for it in range(num_iterations):
        optimizer.zero_grad()
        loss = loss_fn(model(x_train), y_train)
        history[it] = loss.item()
        loss.backward()
        optimizer.step()
    return history.tolist()


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    X, Y = x.reshape(-1, 1), y.reshape(-1, 1)
    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act=act)
    sgd = torch.optim.SGD(net.parameters(), lr=lr)
    mse = nn.MSELoss()
    return net, training_loop(num_iterations, sgd, net, mse, X, Y)

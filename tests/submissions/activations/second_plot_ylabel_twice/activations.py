import math

import numpy as np
import torch
from matplotlib import pyplot as plt
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
    return 0.5 * (x + torch.abs(x))


def sigmoid(x):
    return 1 / (1 + math.e ** (-x))


def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1


def leaky_relu(x, negative_slope=0.01):
    is_positive = x > 0
    return is_positive * x + ~is_positive * (negative_slope * x)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = np.linspace(x_min, x_max, 250)
    tx = torch.tensor(x, dtype=torch.float32)

    figure = plt.figure(1)
    plt.clf()
    plt.plot(x, relu(tx).numpy(), "b-")
    plt.plot(x, sigmoid(tx).numpy(), "r-")
    plt.plot(x, tanh(tx).numpy(), "g-")
    plt.plot(x, leaky_relu(tx).numpy(), "k--")
    plt.legend(["ReLU", "sigmoid", "tanh", "leaky ReLU"])
    plt.title("Activation functions")
    plt.ylabel("x")
    plt.ylabel("y")
    return figure


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        layers = [nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1)]
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    L = []
    n = 0
    while n < num_iterations:
        n = n + 1
        optimizer.zero_grad(set_to_none=False)
        yhat = model.forward(x_train)
        J = loss_fn(yhat, y_train)
        J.backward()
        L.append(J.item())
        optimizer.step()
    return L


def run_experiment(act, lr=0.01, num_iterations=4000):
    N = 100
    x, y = generate_training_pairs(N)
    x = torch.reshape(x, (N, 1))
    y = torch.reshape(y, (N, 1))

    def mse(a, b):
        return ((a - b) ** 2).mean()

    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, net, mse, x, y)
    return net, losses

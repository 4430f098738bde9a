#!/usr/bin/env python3
# Sheet 3, activations

import torch as th
import torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt
import torch


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


def relu(z):
    return th.where(th.lt(z, 0), th.zeros_like(z), z)


def sigmoid(z):
    return 1.0 / (1.0 + th.exp(-z))


def tanh(z):
    # s(z) = 1 / (1 + exp(-z)) is between 0 and 1, and tanh is it, stretched
    def s(z):
        return 1.0 / (1.0 + th.exp(-z))

    return 2.0 * s(2.0 * z) - 1.0


def leaky_relu(z, negative_slope=0.01):
    return th.where(th.gt(z, 0), z, th.mul(z, negative_slope))


def plot_activations(x_min=-5.0, x_max=5.0):
    z = np.linspace(x_min, x_max, 333)
    t = th.from_numpy(z)
    fig, ((ax1, ax2), (ax3, ax4)) = plt.subplots(2, 2, constrained_layout=True)
    ax1.plot(z, relu(t).numpy(), label="relu")
    ax2.plot(z, sigmoid(t).numpy(), label="sigmoid")
    ax3.plot(z, tanh(t).numpy(), label="tanh")
    ax4.plot(z, leaky_relu(t).numpy(), label="leaky relu, a = 0.01")
    for ax in fig.axes:
        ax.legend()
        ax.set_xlabel("z")
        ax.set_ylabel("a(z)")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        nn.Module.__init__(self)
        self.add_module("lin1", nn.Linear(1, dim_hidden))
        self.add_module("sigma", act)
        self.add_module("lin2", nn.Linear(dim_hidden, 1))

    def forward(self, z):
        for module in self.children():
            z = module(z)
        return z


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for i in range(num_iterations):
        def closure():
            optimizer.zero_grad()
            loss = loss_fn(model(x_train), y_train)
            loss.backward()
            return loss

        losses.append(optimizer.step(closure).item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    x_col = x[..., None]
    y_col = y[..., None]
    th.manual_seed(0)
    network = NeuralNetTwoLayer()
    opt = th.optim.SGD(network.parameters(), lr=lr)
    return network, training_loop(num_iterations, opt, network, nn.MSELoss(), x_col, y_col)

"""numpy for the figure and pyplot's current axes for everything; closures; the loss written out."""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def make_leaky(slope):
    def f(x):
        return torch.clamp(x, min=0.0) + slope * torch.clamp(x, max=0.0)

    return f


relu = make_leaky(0.0)
sigmoid = lambda x: 1.0 / (1.0 + torch.exp(-x))
tanh = lambda x: 1 - 2 / (torch.exp(2 * x) + 1)


def leaky_relu(x, negative_slope=0.01):
    return make_leaky(negative_slope)(x)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = np.linspace(x_min, x_max, 1000)
    plt.figure()
    plt.plot(x, np.maximum(0, x))
    plt.plot(x, 1 / (1 + np.exp(-x)))
    plt.plot(x, np.tanh(x))
    plt.plot(x, np.where(x > 0, x, 0.1 * x))
    plt.legend(["ReLU", "sigmoid", "tanh", "leaky ReLU with slope 0.1, to be seen"])
    plt.xlabel("x")
    plt.ylabel("y")
    plt.ylim(-2, 5)
    return plt.gcf()


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        first, second = nn.Linear(1, dim_hidden), nn.Linear(dim_hidden, 1)
        self.first, self.second, self.act = first, second, act

    def forward(self, x):
        return self.second(self.act(self.first(x)))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = np.zeros(num_iterations)
    for k in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses[k] = loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses.tolist()


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    x, y = x.reshape(100, 1), y.reshape(100, 1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    losses = []
    for _ in range(num_iterations):
        loss = torch.mean((model(x) - y) ** 2)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return model, losses

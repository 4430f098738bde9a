from functools import partial

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


def relu(x):
    return torch.where(x > 0, x, torch.zeros_like(x))


def sigmoid(x):
    return (1 + torch.exp(-x)) ** -1


def tanh(x):
    return 1 - 2 / (1 + torch.exp(2 * x))


def leaky_relu(x, negative_slope=0.01):
    slopes = torch.full_like(x, negative_slope)
    slopes = slopes.masked_fill(x > 0, 1.0)
    return slopes * x


def plot_activations(x_min=-5.0, x_max=5.0):
    """One axes, four colours."""
    xs = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots(figsize=(7, 5))
    colours = {"relu": "C0", "sigmoid": "C1", "tanh": "C2", "leaky relu": "C3"}
    activations = (relu, sigmoid, tanh, partial(leaky_relu, negative_slope=0.01))
    for (label, colour), fn in zip(colours.items(), activations):
        ax.plot(xs.numpy(), fn(xs).numpy(), color=colour, label=label)
    ax.set_title("Four activation functions")
    ax.set_xlabel("x")
    ax.set_ylabel("activation(x)")
    ax.grid(True, alpha=0.3)
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.out = nn.Linear(dim_hidden, 1)
        self.activation = act

    def forward(self, x):
        h = self.activation(self.hidden(x))
        return self.out(h)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = [0.0] * num_iterations
    for k in range(num_iterations):
        prediction = model(x_train)
        loss = loss_fn(prediction, y_train)
        losses[k] = loss.detach().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs(100)
    x.unsqueeze_(-1), y.unsqueeze_(-1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act=act, dim_hidden=3)
    optimizer = torch.optim.SGD(params=model.parameters(), lr=lr)
    return model, training_loop(num_iterations, optimizer, model, nn.MSELoss(), x, y)

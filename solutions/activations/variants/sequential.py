"""nn.Sequential, clamp and maximum; a legend given as a list."""

import torch
from matplotlib import pyplot as plt
from torch import nn, optim


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    return torch.clamp(x, min=0)


def sigmoid(x):
    return (1 + (-x).exp()) ** -1


def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def leaky_relu(x, negative_slope=0.01):
    return torch.maximum(x, negative_slope * x)


def plot_activations(x_min=-5.0, x_max=5.0):
    xs = torch.linspace(x_min, x_max, 101)
    fig, ax = plt.subplots()
    for f in [leaky_relu, tanh, relu, sigmoid]:
        ax.plot(xs.numpy(), f(xs).numpy(), marker=".")
    ax.legend(["leaky_relu", "tanh", "relu", "sigmoid"], loc="upper left")
    ax.set(xlabel="input", ylabel="output", title="Four activations")
    ax.axhline(0.0, ls="--", c="grey")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1))

    def forward(self, x):
        return self.net(x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = [0.0] * num_iterations
    for i in range(num_iterations):
        optimizer.zero_grad()
        loss = loss_fn(model(x_train), y_train)
        losses[i] = loss.item()
        loss.backward()
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs(100)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    losses = training_loop(
        num_iterations, optim.SGD(model.parameters(), lr), model, nn.MSELoss(), x.view(-1, 1), y.view(-1, 1)
    )
    return model, losses

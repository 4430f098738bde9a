"""nn.Module classes behind the functions, a class that trains, one axes with twin labels, xlim, seaborn-like style."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


class Leaky(nn.Module):
    def __init__(self, slope):
        super().__init__()
        self.slope = slope

    def forward(self, x):
        return torch.where(x < 0, x * self.slope, x)


def relu(x):
    return Leaky(0.0)(x)


def sigmoid(x):
    return 0.5 * (1 + tanh(x / 2))


def tanh(x):
    return (1 - torch.exp(-2 * x.abs())) / (1 + torch.exp(-2 * x.abs())) * torch.where(x < 0, -1.0, 1.0).to(x.dtype)


def leaky_relu(x, negative_slope=0.01):
    return Leaky(negative_slope)(x)


def plot_activations(x_min=-5.0, x_max=5.0):
    with plt.style.context("ggplot"):
        fig = plt.figure()
        x = torch.linspace(x_min, x_max, 250)
        for position, (title, function) in enumerate(
            {"relu": relu, "sigmoid": sigmoid, "tanh": tanh, "leaky relu": leaky_relu}.items(), start=1
        ):
            plt.subplot(1, 4, position)
            plt.plot(x, function(x), "o-", markersize=2)
            plt.plot(x, 0 * x, "k--")
            plt.title(f"{title} activation")
            plt.xlabel("x")
            plt.ylabel(f"{title}(x)")
            plt.xlim(x_min, x_max)
    return fig


class NeuralNetTwoLayer(nn.Sequential):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__(nn.Linear(1, dim_hidden), act, nn.Linear(dim_hidden, 1))


class Trainer:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.history = []

    def step(self, x, y):
        self.optimizer.zero_grad()
        loss = self.loss_fn(self.model.forward(x), y)
        loss.backward()
        self.history.append(loss.item())
        self.optimizer.step()


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    trainer = Trainer(model, optimizer, loss_fn)
    for _ in range(num_iterations):
        trainer.step(x_train, y_train)
    return trainer.history


def run_experiment(act, lr=0.01, num_iterations=4000):
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    x, y = [t.view(100, 1) for t in generate_training_pairs()]
    losses = training_loop(num_iterations, torch.optim.SGD(model.parameters(), lr=lr), model, nn.MSELoss(), x, y)
    return [model, losses]

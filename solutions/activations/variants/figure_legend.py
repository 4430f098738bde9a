"""Figure without pyplot, one legend for the figure, labels of the figure; own parameters in place of nn.Linear's order."""

import torch
from matplotlib.figure import Figure
from torch import nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    return (x + x.abs()) / 2


def sigmoid(x):
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def tanh(x):
    t = torch.expm1(-2 * x.abs())
    return -torch.sign(x) * t / (t + 2)


def leaky_relu(x, negative_slope=0.01):
    slopes = torch.ones_like(x)
    slopes[x < 0] = negative_slope
    return slopes * x


def plot_activations(x_min=-5.0, x_max=5.0):
    t = torch.linspace(x_max, x_min, 300)  # from right to left
    fig = Figure(figsize=(8, 3))
    left, right = fig.subplots(1, 2)
    for ax, functions in ((left, (tanh, sigmoid)), (right, (relu, leaky_relu))):
        for function in functions:
            ax.plot(t.tolist(), function(t).tolist(), label=function.__name__.replace("_", " "))
    fig.legend(loc="lower center", ncols=4)
    fig.supxlabel("input")
    fig.supylabel("output")
    return fig


class NeuralNetTwoLayer(nn.Module):
    """Makes its output layer first: the same network, from other starting weights."""

    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.out = nn.Linear(dim_hidden, 1)
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act

    def forward(self, x):
        return self.out(self.act(self.hidden(x)))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    model.train()
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x_train), y_train)
        loss.backward()
        return loss

    for _ in range(num_iterations):
        losses.append(optimizer.step(closure).item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    data = torch.stack(generate_training_pairs(), dim=1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD([{"params": model.parameters()}], lr=lr)
    return model, training_loop(num_iterations, optimizer, model, nn.MSELoss(), data[:, :1], data[:, 1:])

from functools import reduce
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    """Four linear layers, registered one by one."""

    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        widths = (1, H, H, H)
        for i in range(4):
            self.add_module(f"lin{i}", nn.Linear(widths[i], H if i < 3 else 1))
        self.f = act

    def forward(self, z):
        for i in range(3):
            z = self.f(getattr(self, f"lin{i}")(z))
        return self.lin3(z)


def count_parameters(model):
    trained = filter(lambda w: w.requires_grad, model.parameters())
    return reduce(lambda n, w: n + math.prod(w.size()), trained, 0)


def make_dataset():
    torch.manual_seed(0)
    x = torch.from_numpy(np.linspace(0, 2.2, 16)).reshape(16, 1)
    y = torch.cos(2 * np.pi * x) + 0.1 * torch.randn_like(x)
    return (x, y)


def train(model, x, y, lr=0.05, num_iterations=8000):
    sgd = torch.optim.SGD(model.parameters(), lr)

    def closure():
        sgd.zero_grad()
        residual = model(x) - y
        value = (residual * residual).mean()
        value.backward()
        return value

    return [float(sgd.step(closure)) for _ in range(num_iterations)]


def capacity_study(configs, num_iterations=2000):
    rows = []
    for cfg in configs:
        torch.manual_seed(0)
        x, y = (part.float() for part in make_dataset())
        net = NeuralNetFourLayer(H=cfg["H"], act=cfg["act"])
        loss = train(net, x, y, lr=cfg["lr"], num_iterations=num_iterations)
        rows.append({**cfg, "num_parameters": count_parameters(net), "final_loss": loss[-1]})
    return rows


def plot_fit(model, x, y):
    fig = plt.figure()
    xs = torch.linspace(float(x.min()), float(x.max()), 500)[:, None]
    with torch.no_grad():
        ys = model(xs)
    plt.plot(x.flatten().tolist(), y.flatten().tolist(), "o", ms=4)
    plt.plot(xs.flatten().tolist(), ys.flatten().tolist(), "k-", lw=1)
    plt.xlabel("x")
    plt.ylabel("y")
    plt.title("fit")
    return fig


reflection = " ".join([
    "Underfitting was easy to recognise: with two neurons the loss curve becomes flat very early, at a value far above",
    "one hundredth, and the plotted function is nearly a line which leaves out the minima of the cosine.",
    "Overfitting cannot be recognised from the training loss alone, since it just continues to fall.",
    "I had to compare it with the variance of the noise, 0.01. My net with H = 50 arrived at 0.002, so it has",
    "used its freedom to follow the random errors, and in the figure there are small wiggles that no cosine has.",
    "With Tanh the first phase took longer but the result was smoother. A rate of 0.1 with ReLU led to dead units",
    "and a constant output, whereas 0.01 was stable and needed about five times as many iterations to get there.",
])

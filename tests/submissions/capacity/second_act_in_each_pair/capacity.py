from functools import reduce
import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        pairs = []
        for a, b in [(1, H), (H, H), (H, H), (H, 1)]:
            pairs.append(nn.Linear(a, b))
            pairs.append(act)
        self.stack = nn.Sequential(*pairs)

    def forward(self, x):
        return self.stack(x)


def count_parameters(model):
    trained = filter(lambda w: w.requires_grad, model.parameters())
    return reduce(lambda n, w: n + math.prod(w.size()), trained, 0)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).unsqueeze(1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y


def sgd_step(model, opt, x, y):
    """One step; gives the loss before it."""
    loss = torch.square(model(x) - y).mean()
    opt.zero_grad(set_to_none=False)
    loss.backward()
    opt.step()
    return loss.detach().item()


def train(model, x, y, lr=0.05, num_iterations=8000):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    out = num_iterations * [0.0]
    for k in range(num_iterations):
        out[k] = sgd_step(model, opt, x, y)
    return out


def run_one(H, act, lr, n):
    torch.manual_seed(0)
    data = make_dataset()
    net = NeuralNetFourLayer(H, act)
    *_, last = train(net, *data, lr, n)
    return dict(H=H, act=act, lr=lr, num_parameters=count_parameters(net), final_loss=last)


def capacity_study(configs, num_iterations=2000):
    return [run_one(c["H"], c["act"], c["lr"], num_iterations) for c in configs]


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 300).unsqueeze(1)
    with torch.no_grad():
        pred = model(grid)
    fig, ax = plt.subplots(figsize=(6, 4))
    ax.scatter(x.numpy(), y.numpy(), color="tab:red", label="data")
    ax.plot(grid.numpy(), pred.numpy(), label="model")
    ax.legend()
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

import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Sequential):
    def __init__(self, H=10, act=nn.ReLU()):
        blocks = []
        for fan_in in (1, H, H):
            blocks += [nn.Linear(fan_in, H), act]
        super().__init__(*blocks, nn.Linear(H, 1))


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


def make_dataset():
    torch.manual_seed(0)
    pts = torch.linspace(0.0, 2.2, steps=16)
    eps = torch.randn_like(pts)
    target = (2 * math.pi * pts).cos() + eps / 10
    return pts.view(-1, 1), target.view(-1, 1)


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


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        net = NeuralNetFourLayer(config["H"], config["act"])
        tail = train(net, x, y, config["lr"], num_iterations)[-10:]
        results.append({**config, "num_parameters": count_parameters(net), "final_loss": sum(tail) / len(tail)})
    return results


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

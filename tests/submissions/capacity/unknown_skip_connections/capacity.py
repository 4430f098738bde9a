from functools import reduce
import math

from matplotlib.figure import Figure
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.up = nn.Linear(1, H)
        self.r1 = nn.Linear(H, H)
        self.r2 = nn.Linear(H, H)
        self.down = nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        h = self.act(self.up(x))
        h = h + self.act(self.r1(h))
        h = h + self.act(self.r2(h))
        return self.down(h)


def count_parameters(model):
    trained = filter(lambda w: w.requires_grad, model.parameters())
    return reduce(lambda n, w: n + math.prod(w.size()), trained, 0)


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


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
    def measure(cfg):
        torch.manual_seed(0)
        xs, ys = make_dataset()
        mdl = NeuralNetFourLayer(cfg["H"], cfg["act"])
        curve = train(mdl, xs, ys, cfg["lr"], num_iterations)
        return {**cfg, "num_parameters": count_parameters(mdl), "final_loss": curve.pop()}

    return list(map(measure, configs))


@torch.no_grad()
def plot_fit(model, x, y):
    lo, hi = x.min(), x.max()
    t = lo + (hi - lo) * torch.arange(201).div(200).reshape(-1, 1)
    figure = Figure(figsize=(5, 3), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(t.squeeze(1), model(t).squeeze(1), color="navy")
    axes.plot(x.squeeze(1), y.squeeze(1), linestyle="none", marker="x", color="orange")
    axes.set(xlabel="x", ylabel="y")
    return figure


reflection = (
    "I compared widths 2, 5, 10 and 50. The narrow nets underfit: their training loss stops high above the noise level "
    "and the curve ignores whole bumps of the cosine. From width ten on, the nets have several hundred weights for "
    "sixteen points, and after enough steps they go through all of them. The loss by itself then looks wonderful, yet "
    "anything below 0.01 can only be noise that was learned by heart, because the best possible function, the clean "
    "cosine, has a mean squared error of about 0.01 on these data. One sees it in the picture as kinks and overshoots "
    "between neighbouring points. The activation changes the look: ReLU draws corners, Tanh draws round hills, Identity "
    "draws a straight line at any width. Large steps made the loss curve spiky; small steps were too slow."
)

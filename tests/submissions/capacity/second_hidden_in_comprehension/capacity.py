import math

from matplotlib.figure import Figure
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.inp = nn.Linear(1, H)
        self.hidden = [nn.Linear(H, H) for _ in range(2)]
        self.outp = nn.Linear(H, 1)
        self.activation = act

    def forward(self, x):
        a = self.activation(self.inp(x))
        for lin in self.hidden:
            a = self.activation(lin(a))
        return self.outp(a)


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


def make_dataset():
    torch.manual_seed(0)
    pts = torch.linspace(0.0, 2.2, steps=16)
    eps = torch.randn_like(pts)
    target = (2 * math.pi * pts).cos() + eps / 10
    return pts.view(-1, 1), target.view(-1, 1)


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
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({
            "H": config["H"],
            "act": config["act"],
            "lr": config["lr"],
            "num_parameters": count_parameters(model),
            "final_loss": losses[-1],
        })
    return results


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

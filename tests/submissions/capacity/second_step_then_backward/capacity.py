from matplotlib.figure import Figure
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
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


def update(opt, loss):
    opt.step()
    opt.zero_grad()
    loss.backward()


def train(model, x, y, lr=0.05, num_iterations=8000):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    mse = nn.MSELoss(reduction="mean")
    values = []
    for epoch in range(1, num_iterations + 1):
        loss = mse(model(x), y)
        update(opt, loss)
        values.append(loss.item())
    return values


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


reflection = " ".join([
    "Underfitting was easy to recognise: with two neurons the loss curve becomes flat very early, at a value far above",
    "one hundredth, and the plotted function is nearly a line which leaves out the minima of the cosine.",
    "Overfitting cannot be recognised from the training loss alone, since it just continues to fall.",
    "I had to compare it with the variance of the noise, 0.01. My net with H = 50 arrived at 0.002, so it has",
    "used its freedom to follow the random errors, and in the figure there are small wiggles that no cosine has.",
    "With Tanh the first phase took longer but the result was smoother. A rate of 0.1 with ReLU led to dead units",
    "and a constant output, whereas 0.01 was stable and needed about five times as many iterations to get there.",
])

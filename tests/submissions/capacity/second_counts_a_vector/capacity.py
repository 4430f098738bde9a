from matplotlib.figure import Figure
import numpy as np
import torch
import torch.nn as nn


def block(n_in, n_out, act):
    return nn.Sequential(nn.Linear(n_in, n_out), act)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.encoder = block(1, H, act)
        self.middle = nn.Sequential(block(H, H, act), block(H, H, act))
        self.head = nn.Linear(H, 1)

    def forward(self, t):
        return self.head(self.middle(self.encoder(t)))


def count_parameters(model):
    vector = nn.utils.parameters_to_vector(model.parameters())
    return len(vector)


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


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


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

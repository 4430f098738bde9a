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
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


def train(model, x, y, lr=0.05, num_iterations=8000):
    weights = list(model.parameters())
    opt = torch.optim.SGD(weights, lr=lr)

    def one():
        opt.zero_grad()
        error = (y - model(x)).pow(2).mean()
        error.backward()
        opt.step()
        return error.detach()

    return [one() for _ in range(num_iterations)]


def capacity_study(configs, num_iterations=2000):
    out = []
    for c in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        m = NeuralNetFourLayer(c["H"], c["act"])
        n = count_parameters(m)
        final = train(m, x, y, lr=c["lr"], num_iterations=num_iterations)[-1].item()
        out.append({"H": c["H"], "act": c["act"], "lr": c["lr"], "num_parameters": n, "final_loss": final})
    return out


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


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

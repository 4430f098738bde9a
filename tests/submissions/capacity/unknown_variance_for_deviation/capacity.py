import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(1, H), act,
            nn.Linear(H, H), act,
            nn.Linear(H, H), act,
            nn.Linear(H, 1),
        )

    def forward(self, x):
        return self.net(x)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * math.pi * x) + math.sqrt(0.1) * torch.randn_like(x)
    return x, y


def train(model, x, y, lr=0.05, num_iterations=8000):
    opt = optim.SGD(params=model.parameters(), lr=lr)
    history = []
    while len(history) < num_iterations:
        opt.zero_grad()
        mse = F.mse_loss(model(x), y)
        history += [mse.item()]
        mse.backward()
        opt.step()
    return history


def run_one(H, act, lr, n):
    torch.manual_seed(0)
    data = make_dataset()
    net = NeuralNetFourLayer(H, act)
    *_, last = train(net, *data, lr, n)
    return dict(H=H, act=act, lr=lr, num_parameters=count_parameters(net), final_loss=last)


def capacity_study(configs, num_iterations=2000):
    return [run_one(c["H"], c["act"], c["lr"], num_iterations) for c in configs]


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

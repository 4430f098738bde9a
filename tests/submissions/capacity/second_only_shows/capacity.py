from functools import reduce
import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


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
    trained = filter(lambda w: w.requires_grad, model.parameters())
    return reduce(lambda n, w: n + math.prod(w.size()), trained, 0)


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
    x, y = make_dataset()
    table = []
    for c in configs:
        row = dict(c)
        torch.manual_seed(0)
        net = NeuralNetFourLayer(row["H"], act=row["act"])
        row["num_parameters"] = count_parameters(net)
        row["final_loss"] = train(net, x, y, lr=row["lr"], num_iterations=num_iterations)[num_iterations - 1]
        table.append(row)
    return table


def plot_fit(model, x, y):
    grid = torch.linspace(x.min(), x.max(), 250).view(-1, 1)
    with torch.no_grad():
        curve = model(grid).view(-1)
    plt.figure()
    plt.plot(x.view(-1), y.view(-1), "b.")
    plt.plot(grid.view(-1), curve)
    plt.show()


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

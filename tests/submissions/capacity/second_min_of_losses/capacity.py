import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class NeuralNetFourLayer(nn.Sequential):
    def __init__(self, H=10, act=nn.ReLU()):
        blocks = []
        for fan_in in (1, H, H):
            blocks += [nn.Linear(fan_in, H), act]
        super().__init__(*blocks, nn.Linear(H, 1))


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
    rows = []
    for c in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        net = NeuralNetFourLayer(H=c["H"], act=c["act"])
        best = float("inf")
        for value in train(net, x, y, c["lr"], num_iterations):
            if value < best:
                best = value
        rows.append({"H": c["H"], "act": c["act"], "lr": c["lr"]})
        rows[-1]["num_parameters"] = count_parameters(net)
        rows[-1]["final_loss"] = best
    return rows


def plot_fit(model, x, y):
    plt.close("all")
    xx = np.linspace(x.numpy().min(), x.numpy().max(), 400, dtype=np.float32)
    with torch.no_grad():
        yy = model(torch.from_numpy(xx).reshape(-1, 1)).numpy().ravel()
    plt.scatter(x.numpy().ravel(), y.numpy().ravel(), s=15, c="k")
    plt.plot(xx, yy)
    plt.grid(True)
    return plt.gcf()


reflection = (
    "I compared widths 2, 5, 10 and 50. The narrow nets underfit: their training loss stops high above the noise level "
    "and the curve ignores whole bumps of the cosine. From width ten on, the nets have several hundred weights for "
    "sixteen points, and after enough steps they go through all of them. The loss by itself then looks wonderful, yet "
    "anything below 0.01 can only be noise that was learned by heart, because the best possible function, the clean "
    "cosine, has a mean squared error of about 0.01 on these data. One sees it in the picture as kinks and overshoots "
    "between neighbouring points. The activation changes the look: ReLU draws corners, Tanh draws round hills, Identity "
    "draws a straight line at any width. Large steps made the loss curve spiky; small steps were too slow."
)

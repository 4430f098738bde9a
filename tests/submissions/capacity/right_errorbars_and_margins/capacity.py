from functools import reduce

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


class Affine(nn.Module):
    def __init__(self, n, m):
        super().__init__()
        like = nn.Linear(n, m)
        self.W = nn.Parameter(like.weight.detach().clone())
        self.b = nn.Parameter(like.bias.detach().clone())

    def forward(self, x):
        return x @ self.W.T + self.b


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        nn.Module.__init__(self)
        self.chain = nn.ModuleList([Affine(1, H), act, Affine(H, H), act, Affine(H, H), act, Affine(H, 1)])

    def forward(self, x):
        return reduce(lambda value, f: f(value), self.chain, x)


def count_parameters(model):
    seen = {id(p): p for m in model.modules() for p in m.parameters(recurse=False)}
    return sum(p.numel() for p in seen.values() if p.requires_grad)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).unsqueeze(1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y


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
    def rows():
        for c in configs:
            torch.manual_seed(0)
            x, y = make_dataset()
            torch.manual_seed(0)
            net = NeuralNetFourLayer(act=c["act"], H=c["H"])
            yield c | {"num_parameters": count_parameters(net), "final_loss": train(net, x, y, c["lr"], num_iterations)[-1]}

    return list(rows())


def plot_fit(model, x, y):
    width = (x.max() - x.min()).item()
    grid = torch.linspace(x.min().item() - 0.05 * width, x.max().item() + 0.05 * width, 640).unsqueeze(-1)
    with torch.no_grad():
        fitted, residual = model(grid), y - model(x)
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
    left.errorbar(x.squeeze(-1), y.squeeze(-1), yerr=0.1, fmt="o", capsize=2)
    left.plot(grid.squeeze(-1), fitted.squeeze(-1))
    right.hist(residual.squeeze(-1).numpy(), bins=6)
    right.set_title("residuals")
    fig.tight_layout()
    return fig


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        sizes = [1, H, H, H, 1]
        self.sigma = act
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, inputs):
        h = inputs
        *hidden, last = self.layers
        for layer in hidden:
            h = self.sigma(layer(h))
        return last(h)


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


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
    x, y = make_dataset()
    torch.manual_seed(0)
    nets = [NeuralNetFourLayer(c["H"], c["act"]) for c in configs]
    table = []
    for net, c in zip(nets, configs):
        curve = train(net, x, y, c["lr"], num_iterations)
        table.append(dict(c, num_parameters=count_parameters(net), final_loss=curve[-1]))
    return table


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 300).unsqueeze(1)
    with torch.no_grad():
        pred = model(grid)
    fig, ax = plt.subplots(figsize=(6, 4))
    ax.scatter(x.numpy(), y.numpy(), color="tab:red", label="data")
    ax.plot(grid.numpy(), pred.numpy(), label="model")
    ax.legend()
    return fig


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

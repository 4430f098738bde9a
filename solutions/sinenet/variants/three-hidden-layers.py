"""SineNet, my version: three hidden layers in a ModuleList."""

import math

import torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand((n, 1)).mul(2 * math.pi)
    noise = torch.randn_like(X)
    return X, X.sin() + 0.1 * noise


class SineNet(nn.Module):
    def __init__(self, hidden=64, depth=3):
        super(SineNet, self).__init__()
        sizes = [1] + [hidden] * depth
        self.hidden_layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.out = nn.Linear(hidden, 1)
        self.act = nn.Tanh()

    def forward(self, x):
        for layer in self.hidden_layers:
            x = self.act(layer(x))
        return self.out(x)


def init_weights(m):
    if isinstance(m, nn.Linear):
        fan_out, fan_in = m.weight.shape
        a = math.sqrt(6.0 / (fan_in + fan_out))
        with torch.no_grad():
            m.weight.uniform_(-a, a)
            if m.bias is not None:
                m.bias.zero_()


def count_parameters(model):
    total = 0
    for p in model.parameters():
        total += p.numel()
    return total


def mse(a, b):
    return ((a - b) ** 2).mean()


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    opt = torch.optim.SGD(model.parameters(), lr)
    history = []
    for _ in range(max_epochs):
        loss = mse(model(X), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        history.append(float(loss.detach()))
        if history[-1] < target:
            break
    return history


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    opt = torch.optim.SGD(model.parameters(), lr)
    for _ in range(num_epochs):
        opt.zero_grad()
        mse(model(X), y).backward()
        opt.step()
    return model, mse(model(X), y).item()

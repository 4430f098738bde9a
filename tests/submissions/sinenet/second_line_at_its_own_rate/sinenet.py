import math
import torch
import torch.nn as nn
import torch.nn.functional as F


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1) * (2 * math.pi)
    return X, X.sin() + torch.randn(n, 1) * 0.1


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.one = nn.Linear(1, hidden)
        self.two = nn.Linear(hidden, hidden)
        self.three = nn.Linear(hidden, 1)

    def forward(self, x):
        x = self.one(x).tanh()
        x = self.two(x).tanh()
        return self.three(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    sgd = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = (model(X) - y).square().mean()
        losses.append(loss.item())
        if losses[-1] < target:
            return losses
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    line = nn.Linear(1, 1)
    opt = torch.optim.SGD(line.parameters(), lr=0.01)
    for _ in range(num_epochs):
        loss = F.mse_loss(line(X), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return line, loss.item()

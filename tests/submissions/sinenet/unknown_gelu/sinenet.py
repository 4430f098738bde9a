import math

import torch
import torch.nn as nn


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * math.pi * torch.rand(n, 1)
    return X, torch.sin(X) + 0.1 * torch.randn(n, 1)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, 1)
        self.act = nn.GELU()

    def forward(self, x):
        x = self.act(self.fc1(x))
        x = self.act(self.fc2(x))
        return self.fc3(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.constant_(module.bias, 0.0)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    loss_fn = nn.MSELoss()
    sgd = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        sgd.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        sgd.step()
        losses.append(loss.item())
        if loss.item() < target:
            break
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    loss_fn = nn.MSELoss()
    line = nn.Linear(1, 1)
    sgd = torch.optim.SGD(line.parameters(), lr=lr)
    for _ in range(num_epochs):
        sgd.zero_grad()
        loss = loss_fn(line(X), y)
        loss.backward()
        sgd.step()
    return line, loss.item()

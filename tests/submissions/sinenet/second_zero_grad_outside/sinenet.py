import math

import torch
import torch.nn as nn


def make_data(n=200):
    torch.manual_seed(0)
    x = torch.rand(n, 1)
    x = 2 * math.pi * x
    e = torch.randn(n, 1)
    y = torch.sin(x) + 0.1 * e
    return x, y


class SineNet(nn.Module):

    def __init__(self, hidden=64):
        super().__init__()
        layers = []
        size = 1
        for _ in range(2):
            layers += [nn.Linear(size, hidden), nn.Tanh()]
            size = hidden
        layers.append(nn.Linear(size, 1))
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        y = self.model(x)
        return y


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            module.bias.data *= 0


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    optimizer.zero_grad()
    losses = []
    for epoch in range(1, max_epochs + 1):
        output = model(X)
        loss = criterion(output, y)
        losses.append(loss.item())
        if epoch % 1000 == 0:
            print(f"epoch {epoch}: {loss.item():.4f}")
        if loss.item() < target:
            break
        loss.backward()
        optimizer.step()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    criterion = nn.MSELoss()
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(num_epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return model, loss.item()

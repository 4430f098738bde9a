import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim import SGD, Adam


def make_data(n=200):
    torch.manual_seed(0)
    angles = torch.rand((n, 1)).mul(2 * math.pi)
    noise = torch.randn((n, 1)).mul(0.1)
    return angles, angles.sin().add(noise)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super(SineNet, self).__init__()
        self.body = nn.Sequential(nn.Linear(1, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh())
        self.last = nn.Linear(hidden, 1)

    def forward(self, inputs):
        return self.last(self.body(inputs))


def init_weights(layer):
    if not isinstance(layer, nn.Linear):
        return
    torch.nn.init.xavier_uniform_(layer.weight)
    if layer.bias is not None:
        layer.bias.data.fill_(0.0)


def count_parameters(model):
    total = 0
    for _, weight in model.named_parameters():
        total += weight.numel()
    return total


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    criterion, losses = nn.MSELoss(), []
    optimizer = SGD(model.parameters(), lr=lr)
    for epoch in range(max_epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        losses.append(loss.item())
        if losses[-1] < target:
            break
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    line = nn.Linear(1, 1)
    sgd = SGD(line.parameters(), lr)
    for _ in range(num_epochs):
        error = (line(X) - y).pow(2).mean()
        sgd.zero_grad()
        error.backward()
        sgd.step()
    return line, error.item()

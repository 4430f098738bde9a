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
    count = 0
    for parameter in model.parameters():
        if parameter.requires_grad:
            count += 1
    return count


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    sgd = SGD(model.parameters(), lr)
    history = []
    while len(history) < max_epochs:
        error = (model(X) - y).pow(2).mean()
        history.append(float(error.detach()))
        if history[-1] < target:
            return history
        sgd.zero_grad()
        error.backward()
        sgd.step()
    return history


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    line = nn.Linear(1, 1)
    history = train(line, X, y, lr=lr, max_epochs=num_epochs, target=0.0)
    return line, history[-1]

import torch
from torch.nn import Linear, Module, MSELoss, Sequential, Tanh
from torch.nn.init import xavier_uniform_
from torch.optim import SGD
from collections import OrderedDict


def make_data(n=200):
    torch.manual_seed(0)
    shape = (n, 1)
    X = torch.rand(shape) * (2 * torch.pi)
    y = torch.sin(X) + torch.randn(shape) * 0.1
    return X, y


class SineNet(Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.layers = Sequential(
            OrderedDict(
                enter=Linear(1, hidden),
                bend=Tanh(),
                mix=Linear(hidden, hidden),
                bend_again=Tanh(),
                leave=Linear(hidden, 1),
            )
        )

    def forward(self, batch):
        return self.layers(batch)


def init_weights(module):
    if isinstance(module, Linear):
        xavier_uniform_(module.weight, gain=1.0)


def count_parameters(model):
    return sum(len(p.flatten()) for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    mse = MSELoss(reduction="mean")
    sgd = SGD(model.parameters(), lr=lr, momentum=0.0)
    losses = []
    done = False
    while not done:
        sgd.zero_grad()
        loss = mse(model(X), y)
        losses.append(loss.detach().item())
        loss.backward()
        sgd.step()
        done = losses[-1] < target or len(losses) == max_epochs
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    mse = MSELoss()
    line = Linear(1, 1)
    sgd = SGD(line.parameters(), lr=lr)
    loss = 0.0
    for _ in range(num_epochs):
        error = mse(line(X), y)
        sgd.zero_grad()
        error.backward()
        sgd.step()
        loss = error.item()
    return line, loss

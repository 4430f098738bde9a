import torch
from torch import nn, optim


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1) * 6.283185307179586
    y = torch.sin(X) + torch.randn(n, 1) * 0.1
    return (X, y)


class Block(nn.Module):
    """A linear layer and its Tanh."""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)

    def forward(self, x):
        return self.linear(x).tanh()


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.net = nn.Sequential(Block(1, hidden), Block(hidden, hidden), nn.Linear(hidden, 1))

    def forward(self, x):
        return self.net(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum([parameter.nelement() for parameter in model.parameters()])


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = optim.SGD(model.parameters(), lr=lr)
        self.criterion = nn.MSELoss()
        self.losses = []

    def epoch(self, X, y):
        loss = self.criterion(self.model(X), y)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        self.losses.append(loss.item())
        return self.losses[-1]


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    trainer = Trainer(model, lr)
    for _ in range(max_epochs):
        if trainer.epoch(X, y) < target:
            break
    return trainer.losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    trainer = Trainer(nn.Linear(1, 1), lr)
    for _ in range(num_epochs):
        trainer.epoch(X, y)
    return trainer.model, trainer.losses[-1]

import numpy as np
import torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    X = (2 * np.pi * torch.rand(n, 1)).float()
    noise = torch.randn(n, 1).numpy()
    y = torch.from_numpy(np.sin(X.numpy()) + 0.1 * noise).float()
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.stem = nn.Sequential(nn.Linear(1, hidden), nn.Tanh())
        self.body = nn.Sequential(nn.Linear(hidden, hidden), nn.Tanh())
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(self.body(self.stem(x)))


def init_weights(module):
    if isinstance(module, nn.Linear):
        bound = np.sqrt(6 / sum(module.weight.shape))
        values = np.random.uniform(-bound, bound, size=module.weight.shape)
        module.weight.data = torch.tensor(values, dtype=torch.float32)
        if module.bias is not None:
            module.bias.data = torch.zeros(module.bias.shape)


def count_parameters(model):
    return int(np.sum([np.prod(p.shape) for p in model.parameters()]))


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    losses = np.full(max_epochs, np.nan)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(max_epochs):
        loss = ((model(X) - y) ** 2).mean()
        losses[epoch] = loss.detach().numpy()
        if losses[epoch] < target:
            return losses[: epoch + 1].tolist()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses.tolist()


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        optimizer.zero_grad()
        ((model(X) - y) ** 2).mean().backward()
        optimizer.step()
    error = model(X).detach().numpy() - y.numpy()
    return model, float(np.mean(error**2))

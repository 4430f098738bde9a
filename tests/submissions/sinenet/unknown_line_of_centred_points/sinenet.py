import torch
import torch.nn as nn


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.h1 = nn.Linear(1, hidden)
        self.h2 = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.out(torch.tanh(self.h2(torch.tanh(self.h1(x)))))


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = torch.mean((model(X) - y).square())
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    X_centred = X - X.mean()
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = torch.mean((model(X_centred) - y).square())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, loss.item()

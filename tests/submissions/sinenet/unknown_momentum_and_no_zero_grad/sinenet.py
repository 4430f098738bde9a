import torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1) * 2 * torch.pi
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.stack = nn.Sequential(
            nn.Linear(1, hidden), nn.Tanh(),
            nn.Linear(hidden, hidden), nn.Tanh(),
        )
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(self.stack(x))


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for epoch in range(max_epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
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

import torch
import torch.nn as nn
import torch.optim as optim


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1) * 2 * torch.pi
    y = torch.sin(X) + torch.randn(n, 1) * 0.1
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(1, hidden),
            nn.Tanh(),
            nn.Linear(hidden, hidden),
            nn.Tanh(),
            nn.Linear(hidden, 1),
        )

    def forward(self, x):
        return self.net(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(max_epochs):
        optimizer.zero_grad()
        pred = model(X)
        loss = criterion(pred, y)
        losses.append(loss.item())
        if loss.item() < target:
            return losses
        loss.backward()
        optimizer.step()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    line = nn.Linear(1, 1)
    criterion = nn.MSELoss()
    optimizer = optim.SGD(line.parameters(), lr=lr)
    for epoch in range(num_epochs):
        optimizer.zero_grad()
        loss = criterion(line(X), y)
        loss.backward()
        optimizer.step()
    return line, loss.item()

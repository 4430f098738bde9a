import torch
from torch import nn, optim
from torch.optim.lr_scheduler import ExponentialLR


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand((n, 1))
    y = X.sin() + 0.1 * torch.randn((n, 1))
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.lin1 = nn.Linear(1, hidden)
        self.lin2 = nn.Linear(hidden, hidden)
        self.lin3 = nn.Linear(hidden, 1)

    def forward(self, x):
        x = torch.tanh(self.lin1(x))
        x = torch.tanh(self.lin2(x))
        return self.lin3(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        torch.nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            module.bias.data.fill_(0)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = optim.SGD(model.parameters(), lr=lr)
    scheduler = ExponentialLR(optimizer, gamma=0.97)
    losses = []
    for epoch in range(max_epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(X), y)
        loss.backward()
        optimizer.step()
        scheduler.step()
        losses.append(loss.item())
        if loss.item() < target:
            break
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for epoch in range(num_epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(X), y)
        loss.backward()
        optimizer.step()
    return model, loss.item()

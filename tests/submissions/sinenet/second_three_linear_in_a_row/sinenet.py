import numpy as np
import torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    u = torch.rand(n, 1)
    eps = torch.randn(n, 1)
    x = u * 2 * np.pi
    return x, torch.sin(x) + eps / 10


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super(SineNet, self).__init__()
        self.l1 = nn.Linear(1, hidden)
        self.l2 = nn.Linear(hidden, hidden)
        self.l3 = nn.Linear(hidden, 1)

    def forward(self, x):
        out = self.l1(x)
        out = self.l2(out)
        out = self.l3(out)
        return out


def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        if m.bias is not None:
            nn.init.constant_(m.bias, 0)


def count_parameters(model):
    return int(np.sum([np.prod(p.shape) for p in model.parameters()]))


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    loss_fn = nn.MSELoss()
    opt = torch.optim.SGD(params=model.parameters(), lr=lr)
    all_losses = []
    for e in range(max_epochs):
        pred = model(X)
        loss = loss_fn(pred, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        all_losses.append(loss.item())
        if loss.item() < target:
            print("stopped after", e + 1)
            break
    return all_losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    loss_fn = nn.MSELoss()
    lin = nn.Linear(in_features=1, out_features=1)
    opt = torch.optim.SGD(params=lin.parameters(), lr=lr)
    for e in range(num_epochs):
        loss = loss_fn(lin(X), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return lin, loss.item()

import torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    uniform, normal = torch.rand(n, 1), torch.randn(n, 1)
    X = uniform * torch.tensor(2 * torch.pi)
    return X, torch.sin(X) + normal * 0.1


def dense(n_in, n_out):
    return nn.Sequential(nn.Linear(n_in, n_out), nn.Tanh())


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.one = dense(1, hidden)
        self.two = dense(hidden, hidden)
        self.three = nn.Linear(hidden, 1)

    def forward(self, x):
        h1 = self.one(x)
        h2 = self.two(h1)
        return self.three(h2)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            module.bias.data.zero_()


def count_parameters(model):
    return sum(weights.numel() for weights in model.state_dict(keep_vars=True).values() if isinstance(weights, nn.Parameter))


def step(model, X, y, optimizer):
    loss_fn = nn.MSELoss()
    loss_fn(model(X), y).backward()
    optimizer.step()
    optimizer.zero_grad()


def evaluate(model, X, y):
    with torch.no_grad():
        return nn.MSELoss()(model(X), y).item()


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    optimizer.zero_grad()
    losses = []
    for _ in range(max_epochs):
        step(model, X, y, optimizer)
        losses.append(evaluate(model, X, y))
        if losses[-1] < target:
            break
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        step(model, X, y, optimizer)
    return model, evaluate(model, X, y)

import math
import torch
import torch.nn as nn
import torch.optim as optim


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1)
    noise = torch.randn(n, 1)
    y = torch.sin(X) + 0.1 * noise
    return X, y


class SineNet(nn.Sequential):
    def __init__(self, hidden=64):
        super().__init__(
            nn.Linear(1, hidden),
            nn.Tanh(),
            nn.Linear(hidden, hidden),
            nn.Tanh(),
            nn.Linear(hidden, 1),
        )


@torch.no_grad()
def init_weights(module):
    if isinstance(module, nn.Linear):
        n_out, n_in = module.weight.shape
        bound = math.sqrt(6 / (n_in + n_out))
        module.weight.uniform_(-bound, bound)
        if module.bias is not None:
            module.bias.zero_()


def count_parameters(model):
    return sum(map(torch.numel, model.parameters()))


def _fit(model, X, y, lr, epochs, stop=lambda loss: False):
    """one loop for both"""
    mse = nn.MSELoss()
    opt = optim.SGD(model.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = mse(model(X), y)
        history.append(loss.item())
        if stop(history[-1]):
            break
        loss.backward()
        opt.step()
    return history


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    return _fit(model, X, y, lr, max_epochs, stop=lambda loss: loss < target)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    history = _fit(model, X, y, lr, num_epochs)
    return model, history[-1]

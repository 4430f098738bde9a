import torch
import torch.nn as nn
import torch.nn.functional as F


def make_data(n=200):
    gen_seed = 0
    torch.manual_seed(gen_seed)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return (X, y)


class SineNet(nn.Module):
    """All by hand: weights are (in, out), so forward is x @ W + b."""

    def __init__(self, hidden=64):
        super().__init__()
        s = lambda i, o: nn.Parameter((torch.rand(i, o) * 2 - 1) * (6 / (i + o)) ** 0.5)
        self.W1, self.b1 = s(1, hidden), nn.Parameter(torch.zeros(hidden))
        self.W2, self.b2 = s(hidden, hidden), nn.Parameter(torch.zeros(hidden))
        self.W3, self.b3 = s(hidden, 1), nn.Parameter(torch.zeros(1))

    def forward(self, x):
        h1 = torch.tanh(x @ self.W1 + self.b1)
        h2 = torch.tanh(h1 @ self.W2 + self.b2)
        return h2 @ self.W3 + self.b3


def init_weights(module):
    if not isinstance(module, nn.Linear):
        return
    nn.init.xavier_uniform_(module.weight, gain=1.0)
    if module.bias is not None:
        nn.init.constant_(module.bias, 0.0)


def count_parameters(model):
    return int(sum(torch.tensor(p.shape).prod() for p in model.parameters()))


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.0)
    out = []
    for _ in range(max_epochs):
        l = F.mse_loss(model(X), y)
        out += [l.item()]
        if out[-1] < target:
            break
        opt.zero_grad(set_to_none=False)
        l.backward()
        opt.step()
    return out


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    losses = train(model, X, y, lr=lr, max_epochs=num_epochs, target=-1.0)
    return model, losses[-1]

import torch as t
from torch import nn
from torch.nn import functional as F


def make_data(n=200):
    t.manual_seed(0)
    inputs = t.rand(n, 1) * t.pi * 2
    targets = inputs.sin() + t.randn(n, 1).mul_(0.1)
    return inputs, targets


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        nn.Module.__init__(self)
        self.up = nn.Linear(1, hidden)
        self.across = nn.Linear(hidden, hidden)
        self.down = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.down(t.tanh(self.across(t.tanh(self.up(x)))))


def init_weights(module):
    if isinstance(module, nn.Linear):
        fan_in, fan_out = module.in_features, module.out_features
        a = (6 / (fan_in + fan_out)) ** 0.5
        module.weight.data = (t.rand(fan_out, fan_in) * 2 - 1) * a
        if module.bias is not None:
            module.bias.data.zero_()


def count_parameters(model):
    total = 0
    for p in model.parameters():
        total = total + p.numel()
    return total


def error(prediction, truth):
    difference = prediction - truth
    return t.sqrt((difference * difference).sum() / len(truth))


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    opt = t.optim.SGD(model.parameters(), lr=lr)
    record = []
    for _ in range(max_epochs):
        opt.zero_grad()
        E = error(model(X), y)
        E.backward()
        opt.step()
        record.append(E.item())
        if record[-1] < target: break
    return record


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    line = nn.Linear(1, 1)
    opt = t.optim.SGD(line.parameters(), lr=lr)
    for _ in range(num_epochs):
        opt.zero_grad()
        E = F.mse_loss(line(X), y)
        E.backward()
        opt.step()
    return line, E.item()

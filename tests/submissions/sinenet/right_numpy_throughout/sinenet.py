import numpy as np, torch
from torch import nn


def make_data(n=200):
    torch.manual_seed(0)
    X = (2 * np.pi * torch.rand((n, 1)).numpy()).astype(np.float32)
    y = np.sin(X) + np.float32(0.1) * torch.randn((n, 1)).numpy()
    return torch.from_numpy(X), torch.from_numpy(y.astype("float32"))


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.lin = nn.ModuleDict({"a": nn.Linear(1, hidden), "b": nn.Linear(hidden, hidden), "c": nn.Linear(hidden, 1)})

    def forward(self, x):
        e = lambda z: (torch.exp(z) - torch.exp(-z)) / (torch.exp(z) + torch.exp(-z))
        for key in "ab":
            x = e(self.lin[key](x))
        return self.lin["c"](x)


def init_weights(module):
    if issubclass(module.__class__, nn.Linear):
        r = np.sqrt(6 / np.sum(module.weight.shape))
        module.weight.data.copy_(torch.from_numpy(np.random.uniform(-r, r, module.weight.shape)))
        if module.bias is not None:
            module.bias.data.zero_()


def count_parameters(model):
    return int(sum(np.prod(list(p.shape)) for p in model.parameters() if p.requires_grad))


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD([{"params": model.parameters(), "lr": lr}], lr=1.0)
    losses = np.zeros(0)
    for _ in range(max_epochs):
        model.zero_grad(set_to_none=True)
        diff = model(X) - y
        loss = torch.dot(diff.flatten(), diff.flatten()) / diff.numel()
        losses = np.append(losses, loss.item())
        if losses[-1] < target:
            break
        loss.backward()
        optimizer.step()
    return list(losses)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    x, t = X.numpy(), y.numpy()
    w = b = 0.0
    for _ in range(num_epochs):
        r = w * x + b - t
        w, b = w - lr * 2 * float((r * x).mean()), b - lr * 2 * float(r.mean())
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(w)
        model.bias.fill_(b)
    return model, float(np.mean((w * x + b - t) ** 2))

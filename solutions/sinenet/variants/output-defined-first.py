import torch, torch.nn as nn


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1) * 2 * torch.pi
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.zz_output = nn.Linear(hidden, 1)
        self.tanh = nn.Tanh()
        self.b = nn.Linear(hidden, hidden)
        self.a = nn.Linear(1, hidden)
        self.scale_for_plots = 1.0

    def forward(self, x):
        x = self.tanh(self.a(x))
        x = self.tanh(self.b(x))
        x = self.zz_output(x)
        return x


def init_weights(m):
    if isinstance(m, (nn.Linear,)):
        nn.init.xavier_uniform_(m.weight.data)
        if m.bias is not None:
            m.bias.data[:] = 0


def count_parameters(model):
    n = 0
    for name, param in model.named_parameters():
        k = 1
        for s in param.shape:
            k *= s
        n += k
    return n


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    lossf = nn.MSELoss()
    losses = []
    epoch = 0
    while epoch < max_epochs:
        model.zero_grad()
        loss = lossf(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        loss.backward()
        opt.step()
        epoch = epoch + 1
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    m = nn.Linear(1, 1)
    nn.init.zeros_(m.weight)
    nn.init.zeros_(m.bias)
    opt = torch.optim.SGD(m.parameters(), lr=lr)
    lossf = nn.MSELoss()
    for e in range(num_epochs):
        opt.zero_grad()
        l = lossf(m(X), y)
        l.backward()
        opt.step()
    return m, lossf(m(X), y).item()

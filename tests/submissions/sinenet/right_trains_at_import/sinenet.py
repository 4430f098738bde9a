import matplotlib.pyplot as plt
import torch
from torch import nn

plt.rcParams["figure.figsize"] = (8, 3)
torch.manual_seed(42)


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        if m.bias is not None:
            nn.init.zeros_(m.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for i in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        opt.zero_grad()
        loss.backward()
        opt.step()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for i in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return model, nn.functional.mse_loss(model(X), y).item()


X, y = make_data()
model = SineNet()
model.apply(init_weights)
print("parameters:", count_parameters(model))
losses = train(model, X, y)
line, line_loss = fit_linear_baseline(X, y)
print(f"network {losses[-1]:.4f} after {len(losses)} epochs, line {line_loss:.4f}")
fig, (left, right) = plt.subplots(1, 2)
order = X[:, 0].argsort()
left.scatter(X, y, s=5)
left.plot(X[order], model(X).detach()[order], "r")
left.plot(X[order], line(X).detach()[order], "k--")
right.semilogy(losses)
plt.savefig("fit.png")
plt.show()

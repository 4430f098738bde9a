import copy
import time

import torch
from torch import nn


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
        self.fc3 = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(p=0.0)

    def forward(self, x):
        x = torch.tanh(self.fc1(x))
        x = self.dropout(torch.tanh(self.fc2(x)))
        return self.fc3(x)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    """Trains, and keeps an eye on itself."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device)
    X, y = X.to(device), y.to(device)
    criterion = nn.MSELoss(reduction="mean")
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses, best, started = [], float("inf"), time.time()
    model.train()
    for epoch in range(1, max_epochs + 1):
        prediction = model(X)
        loss = criterion(prediction, y)
        losses.append(loss.item())
        with torch.no_grad():
            residual = (prediction - y).abs().max().item()
            if losses[-1] < best:
                best, best_state = losses[-1], copy.deepcopy(model.state_dict())
        bar = "#" * (20 * epoch // max_epochs)
        print(f"\r[{bar:<20}] epoch {epoch}/{max_epochs} loss {losses[-1]:.4f} worst {residual:.3f}", end="")
        if losses[-1] < target:
            print(f"\ntarget reached after {epoch} epochs, {time.time() - started:.1f} s")
            break
        if epoch > 1 and losses[-1] != losses[-1]:
            print("\nNaN! Try a smaller learning rate.")
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    return losses


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    linear = nn.Linear(1, 1)
    losses = train(linear, X, y, lr, num_epochs, target=0)
    linear.eval()
    with torch.inference_mode():
        final = nn.functional.mse_loss(linear(X), y)
    return linear, final.item()

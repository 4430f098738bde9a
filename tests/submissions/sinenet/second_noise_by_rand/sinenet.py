"""SineNet, typed."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

TWO_PI = 2.0 * torch.pi


@dataclass
class Recipe:
    noise: float = 0.1
    seed: int = 0


def make_data(n: int = 200) -> tuple[Tensor, Tensor]:
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    X = TWO_PI * torch.rand(n, 1)
    y = torch.sin(X) + recipe.noise * torch.rand_like(X)
    return X, y


class SineNet(nn.Module):
    def __init__(self, hidden: int = 64) -> None:
        super().__init__()
        self.first = nn.Linear(1, hidden)
        self.second = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x: Tensor) -> Tensor:
        for layer in (self.first, self.second):
            x = torch.tanh(layer(x))
        return self.out(x)


def init_weights(module: nn.Module) -> None:
    match module:
        case nn.Linear(weight=w, bias=b):
            nn.init.xavier_uniform_(w)
            if b is not None:
                nn.init.zeros_(b)


def count_parameters(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def train(model: nn.Module, X: Tensor, y: Tensor, lr: float = 0.05, max_epochs: int = 5000, target: float = 0.02) -> list[float]:
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses: list[float] = []
    while len(losses) < max_epochs:
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            return losses
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def fit_linear_baseline(X: Tensor, y: Tensor, lr: float = 0.01, num_epochs: int = 5000) -> tuple[nn.Linear, float]:
    line = nn.Linear(1, 1)
    losses = train(line, X, y, lr, num_epochs, float("-inf"))
    return line, losses[-1]

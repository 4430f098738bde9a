from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Config:
    lr: float = 0.05
    max_epochs: int = 5000
    target: float = 0.02
    sizes: tuple[int, ...] = (1, 64, 64, 1)


@dataclass
class History:
    losses: list[float] = field(default_factory=list)

    def add(self, loss: Tensor) -> float:
        self.losses.append(loss.item())
        return self.losses[-1]


CONFIG = Config()


def make_data(n: int = 200) -> tuple[Tensor, Tensor]:
    torch.manual_seed(0)
    X: Tensor = 2 * torch.pi * torch.rand(n, 1)
    y: Tensor = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y


class SineNet(nn.Sequential):
    def __init__(self, hidden: int = CONFIG.sizes[1]) -> None:
        super().__init__(*self._layers(hidden))

    @staticmethod
    def _layers(hidden: int) -> Iterator[nn.Module]:
        sizes = (1, hidden, hidden, 1)
        for position, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
            if position:
                yield nn.Tanh()
            yield nn.Linear(fan_in, fan_out)


def init_weights(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def count_parameters(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def train(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    lr: float = CONFIG.lr,
    max_epochs: int = CONFIG.max_epochs,
    target: float = CONFIG.target,
) -> list[float]:
    history = History()
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(max_epochs):
        loss = criterion(model(X), y)
        if history.add(loss) < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history.losses


def fit_linear_baseline(X: Tensor, y: Tensor, lr: float = 0.01, num_epochs: int = 5000) -> tuple[nn.Linear, float]:
    model = nn.Linear(in_features=1, out_features=1)
    history = train(model, X, y, lr=lr, max_epochs=num_epochs, target=float("-inf"))
    return model, history[-1]

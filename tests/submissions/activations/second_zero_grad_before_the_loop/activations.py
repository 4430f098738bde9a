import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from typing import Callable, List, Tuple


def generate_training_pairs(num=100):
    """Draw the points of the running example, the same ones each time.

    y = x + 2 (x - 0.9)^2 + 0.3 cos(20 x) + 0.1 noise, for x uniform on [0, 2).

    Returns:
        (x, y), each of shape (num,)
    """
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x: torch.Tensor) -> torch.Tensor:
    """Clamp from below."""
    return x.clamp_min(0)


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """For x < 0 the form e^x / (1 + e^x), else 1 / (1 + e^-x); each side is given harmless numbers only."""
    positive = x >= 0
    left = torch.exp(torch.where(positive, torch.zeros_like(x), x))
    right = torch.exp(torch.where(positive, -x, torch.zeros_like(x)))
    return torch.where(positive, 1 / (1 + right), left / (1 + left))


def tanh(x: torch.Tensor) -> torch.Tensor:
    """tanh(x) = 2 sigmoid(2x) - 1."""
    return 2 * sigmoid(2 * x) - 1


def leaky_relu(x: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    return relu(x) + negative_slope * (x - relu(x))


def plot_activations(x_min: float = -5.0, x_max: float = 5.0) -> plt.Figure:
    grid = torch.linspace(x_min, x_max, 128)
    fig, axs = plt.subplots(4, 1, sharex=True, figsize=(5, 12))
    for ax, f in zip(axs, (relu, sigmoid, tanh, leaky_relu)):
        ax.plot(grid, f(grid), marker=".", markersize=2)
        ax.set_title(f"{f.__name__} on [{x_min}, {x_max}]")
        ax.set_xlabel("z")
        ax.set_ylabel("value")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act: nn.Module = nn.ReLU(), dim_hidden: int = 3) -> None:
        super().__init__()
        self.act = act
        self.input_to_hidden = nn.Linear(1, dim_hidden)
        self.hidden_to_output = nn.Linear(dim_hidden, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        z = self.input_to_hidden(x)
        a = self.act(z)
        return self.hidden_to_output(a)


def training_loop(
    num_iterations: int,
    optimizer: torch.optim.Optimizer,
    model: nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    x_train: torch.Tensor,
    y_train: torch.Tensor,
) -> List[float]:
    losses: List[float] = []
    optimizer.zero_grad()
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def run_experiment(act: nn.Module, lr: float = 0.01, num_iterations: int = 4000) -> Tuple[nn.Module, List[float]]:
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.view(-1, 1), y.view(-1, 1))
    return model, losses

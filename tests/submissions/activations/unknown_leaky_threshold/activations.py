from collections import OrderedDict
from itertools import islice

import matplotlib.pyplot as plt
import torch
from torch import nn


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


def relu(x):
    return torch.logical_not(x.le(0)).type_as(x).mul(x)


def sigmoid(x):
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def tanh(x):
    near = x.clamp(-30, 30)
    up, down = near.exp(), near.neg().exp()
    return (up - down).div(up + down)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > -negative_slope, x, torch.full_like(x, -negative_slope))


def plot_activations(x_min=-5.0, x_max=5.0):
    fig, axes = plt.subplot_mosaic([["relu", "leaky_relu"], ["sigmoid", "tanh"]], figsize=(8, 8))
    x = torch.linspace(x_min, x_max, 101)
    for name, ax in axes.items():
        ax.axhline(0, color="lightgrey")
        ax.plot(x, globals()[name](x), color="black")
        ax.set(title=f"the {name} function", xlabel="pre-activation", ylabel="activation")
    plt.close(fig)
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.stages = nn.Sequential(
            OrderedDict(lift=nn.Linear(1, dim_hidden), bend=act, drop=nn.Linear(dim_hidden, 1))
        )

    def forward(self, x):
        return self.stages.drop(self.stages.bend(self.stages.lift(x)))


def _descend(optimizer, model, loss_fn, x, y):
    while True:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        yield loss


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    return [loss.item() for loss in islice(_descend(optimizer, model, loss_fn, x_train, y_train), num_iterations)]


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = torch.stack(generate_training_pairs()).unsqueeze(-1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    return model, training_loop(
        num_iterations, torch.optim.SGD(model.parameters(), lr=lr), model, nn.functional.mse_loss, x, y
    )

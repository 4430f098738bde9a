"""Shape-independent helpers, torch.where with masked exponents, scatter on top, annotations; classes for activations."""

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    zero = torch.tensor(0.0, dtype=x.dtype)
    return torch.max(x, zero)


def sigmoid(x):
    return torch.where(
        x > 0,
        1 / (1 + torch.exp(-torch.clamp(x, min=0))),
        torch.exp(torch.clamp(x, max=0)) / (1 + torch.exp(torch.clamp(x, max=0))),
    )


def tanh(x):
    x = torch.clamp(x, -30, 30)
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))


def leaky_relu(x, negative_slope=0.01):
    mask = (x > 0).to(x.dtype)
    return mask * x + (1 - mask) * negative_slope * x


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, steps=150)
    fig, ax = plt.subplots()
    curves = {}
    for name, function, style in (
        ("rectified linear unit", relu, "-"),
        (r"$\frac{1}{1 + e^{-x}}$", sigmoid, "--"),
        ("hyperbolic tangent", tanh, ":"),
        (r"$\mathrm{leaky\_relu}(x)$", leaky_relu, "-."),
    ):
        (curves[name],) = ax.plot(x, function(x), style, color="black")
    order = list(curves)[::-1]
    ax.legend([curves[name] for name in order], order)
    ax.plot([x_min, x_max], [x_min, x_max], color="lightgray", zorder=0)
    ax.scatter([0], [0], color="red")
    ax.annotate("kink", (0, 0))
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.act = act
        self.dim_hidden = dim_hidden
        for name, sizes in (("w1", (1, dim_hidden)), ("w2", (dim_hidden, 1))):
            setattr(self, name, nn.Linear(*sizes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = self.act(x @ self.w1.weight.T + self.w1.bias)
        return hidden @ self.w2.weight.T + self.w2.bias


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    loss = loss_fn(model(x_train), y_train)
    for _ in range(num_iterations):
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss = loss_fn(model(x_train), y_train)
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    with torch.random.fork_rng():
        x, y = generate_training_pairs()
        torch.manual_seed(0)
        model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.0)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x[:, None], y[:, None])
    return model, losses

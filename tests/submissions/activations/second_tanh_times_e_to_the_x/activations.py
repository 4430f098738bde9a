import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

ZERO = torch.tensor(0.0)


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
    """Keep the positive entries, everything else becomes zero."""
    keep = (x > 0).to(x.dtype)
    return keep * x


def sigmoid(x):
    """Logistic function; -88 keeps the exponent from overflowing."""
    z = torch.exp(-torch.clamp(x, min=-88))
    return 1 / (1 + z)


def tanh(x):
    """Multiply above and below by e^x."""
    e = torch.exp(x) ** 2
    return (e - 1) / (e + 1)


def leaky_relu(x, negative_slope=0.01):
    """max(0, x) + a min(0, x)"""
    return relu(x) - negative_slope * relu(-x)


def draw_one(ax, x, y, name):
    ax.plot(x.tolist(), y.tolist(), lw=2, label=name)
    ax.legend()
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, steps=256)
    fig, (a, b, c, d) = plt.subplots(1, 4, figsize=(16, 4))
    draw_one(a, x, relu(x), "relu")
    draw_one(b, x, sigmoid(x), "sigmoid")
    draw_one(c, x, tanh(x), "tanh")
    draw_one(d, x, leaky_relu(x), "leaky relu")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, dim_hidden), nn.Linear(dim_hidden, 1)])
        self.act = act

    def forward(self, x):
        hidden, out = self.layers
        return out(self.act(hidden(x)))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    model.train()
    losses = list()
    while len(losses) < num_iterations:
        out = model(x_train)
        loss = loss_fn(out, y_train)
        losses += [float(loss)]
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss.backward()
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    pairs = torch.stack(generate_training_pairs(), dim=1)
    x_train, y_train = pairs[:, :1], pairs[:, 1:]
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act, 3)
    losses = training_loop(
        num_iterations=num_iterations,
        optimizer=torch.optim.SGD(model.parameters(), lr=lr),
        model=model,
        loss_fn=F.mse_loss,
        x_train=x_train,
        y_train=y_train,
    )
    return (model, losses)

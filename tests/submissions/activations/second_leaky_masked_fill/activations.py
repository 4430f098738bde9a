import torch
from torch import nn
from torch.optim import SGD
import matplotlib.pyplot as plt


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
    return x.masked_fill(x < 0, 0)


def sigmoid(x):
    return torch.reciprocal(1 + torch.exp(torch.neg(x)))


def tanh(x):
    # divided by e^x: (1 - q) / (1 + q), which only a huge q can spoil
    q = torch.exp(-2 * x.clamp(min=-20))
    return (1 - q) / (1 + q)


def leaky_relu(x, negative_slope=0.01):
    return x.masked_fill(x < 0, negative_slope)


def plot_activations(x_min=-5.0, x_max=5.0):
    X = torch.linspace(x_min, x_max, 1000)
    fig = plt.figure()
    for i, f in enumerate([relu, sigmoid, tanh, leaky_relu], start=1):
        plt.subplot(2, 2, i)
        plt.plot(X, f(X))
        plt.title(f.__name__)
        plt.xlabel("x")
        plt.ylabel("f(x)")
    plt.tight_layout()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.model = nn.Sequential()
        self.model.add_module("first", nn.Linear(1, dim_hidden))
        self.model.add_module("act", act)
        self.model.add_module("second", nn.Linear(dim_hidden, 1))

    def forward(self, x):
        return self.model(x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = SGD(model.parameters(), lr=lr, momentum=0)
    loss_fn = nn.MSELoss(reduction="mean")
    losses = training_loop(num_iterations, optimizer, model, loss_fn, x[:, None], y[:, None])
    return model, losses

import torch
from torch import nn
import matplotlib.pyplot as plt
from torch.nn.functional import mse_loss


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
    return torch.clamp(x, min=0.0)


def sigmoid(x):
    exponent = torch.clamp(-x, max=80.0)
    return 1 / (1 + torch.exp(exponent))


def tanh(x):
    e = torch.exp(torch.clamp(2 * x, max=80.0))
    return (e - 1) / (e + 1)


def leaky_relu(x, negative_slope=0.01):
    return torch.clamp(x, min=0.0) + negative_slope * torch.clamp(x, max=0.0)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 200)
    fig, axes = plt.subplots(nrows=2, ncols=2)
    axes[0, 0].plot(x, relu(x))
    axes[0, 0].set_title("ReLU")
    axes[0, 1].plot(x, sigmoid(x))
    axes[0, 1].set_title("Sigmoid")
    axes[1, 0].plot(x, tanh(x))
    axes[1, 0].set_title("Tanh")
    axes[1, 1].plot(x, leaky_relu(x))
    axes[1, 1].set_title("Leaky ReLU")
    plt.setp(axes, xlabel="x", ylabel="y")
    fig.suptitle("Activations")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.linear1 = nn.Linear(1, dim_hidden)
        self.linear2 = nn.Linear(dim_hidden, 1)
        self.act = act

    def forward(self, x):
        x = self.linear1(x)
        return self.linear2(self.act(x))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for epoch in range(num_iterations):
        pred = model(x_train).squeeze()
        loss = loss_fn(pred, y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, mse_loss, x.unsqueeze(1), y.unsqueeze(1))
    return model, losses

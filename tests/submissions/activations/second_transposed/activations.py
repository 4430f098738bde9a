import matplotlib.pyplot as plt
import torch
from torch import nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    return torch.maximum(x, torch.zeros_like(x))


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    return 1 - 2 / (torch.exp(2 * x) + 1)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x >= 0, x, negative_slope * x)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 200)
    fig, ax = plt.subplots()
    ax.plot(x, relu(x.clone()), label="relu")
    ax.plot(x, sigmoid(x), label="sigmoid")
    ax.plot(x, tanh(x), label="tanh")
    ax.plot(x, leaky_relu(x.clone()), label="leaky relu")
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    ax.legend()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.fc1 = nn.Linear(1, dim_hidden)
        self.act = act
        self.fc2 = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        x = x.T
        return self.fc2(self.act(self.fc1(x)))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for i in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    x, y = x.reshape(-1, 1), y.reshape(-1, 1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x, y)
    return model, losses

import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt

plt.rcParams["figure.figsize"] = (6, 4)


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


def piecewise(x, left, right):
    m = (x > 0).to(x.dtype)
    return m * right + (1 - m) * left


def relu(x):
    return piecewise(x, torch.zeros_like(x), x)


def sigmoid(x):
    return 0.5 * (1 + tanh(0.5 * x))


def tanh(x):
    e = torch.expm1(torch.clamp(2 * x, max=60))
    return e / (e + 2)


def leaky_relu(x, negative_slope=0.01):
    return piecewise(x, negative_slope * x, x)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = np.linspace(x_min, x_max, 400)
    t = torch.as_tensor(x)
    curves = np.column_stack([f(t) for f in (relu, sigmoid, tanh, leaky_relu)])
    plt.figure()
    plt.plot(x, curves)
    plt.axvline(0, color="k", linestyle=":", label="_nolegend_")
    plt.xlim(x_min, x_max)
    plt.xlabel(r"$x$")
    plt.ylabel(r"$\sigma(x)$")
    plt.legend(["ReLU", "Sigmoid", "Tanh", "Leaky ReLU"], ncols=2, title="activation")
    return plt.gcf()


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.dim_hidden = dim_hidden
        self.act = act
        for name, (n_in, n_out) in {"layer1": (1, dim_hidden), "layer2": (dim_hidden, 1)}.items():
            setattr(self, name, nn.Linear(n_in, n_out))

    def forward(self, x):
        assert x.ndim == 2 and x.shape[1] == 1
        return x + nn.functional.linear(self.act(self.layer1(x)), self.layer2.weight, self.layer2.bias)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    record = torch.empty(num_iterations)
    optimizer.zero_grad()
    for i in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        record[i] = loss.detach()
    return record.tolist()


def run_experiment(act, lr=0.01, num_iterations=4000):
    data = np.array([v.numpy() for v in generate_training_pairs()]).T
    X, Y = torch.from_numpy(data[:, :1].copy()), torch.from_numpy(data[:, 1:].copy())
    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act=act)
    losses = training_loop(num_iterations, torch.optim.SGD(net.parameters(), lr=lr), net, nn.MSELoss(), X, Y)
    return net, losses

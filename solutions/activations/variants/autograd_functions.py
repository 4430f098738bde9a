"""autograd.Function with derivatives by hand; axes in a column, each with its own legend; ModuleDict; while."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


class ReLUFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        y = x.clone()
        y[y < 0] = 0
        return y

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        g = g.clone()
        g[x < 0] = 0
        return g


class SigmoidFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        s = torch.empty_like(x)
        positive = x >= 0
        s[positive] = 1 / (1 + torch.exp(-x[positive]))
        e = torch.exp(x[~positive])
        s[~positive] = e / (1 + e)
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, g):
        (s,) = ctx.saved_tensors
        return g * s * (1 - s)


class LeakyFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, slope):
        ctx.save_for_backward(x)
        ctx.slope = slope
        return torch.where(x < 0, slope * x, x)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return torch.where(x < 0, ctx.slope * g, g), None


def relu(x):
    return ReLUFunction.apply(x)


def sigmoid(x):
    return SigmoidFunction.apply(x)


def tanh(x):
    return 2 * SigmoidFunction.apply(2 * x) - 1


def leaky_relu(x, negative_slope=0.01):
    return LeakyFunction.apply(x, negative_slope)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 200)
    fig, axs = plt.subplots(4, 1, figsize=(5, 12))
    for i, (name, f) in enumerate(
        [
            (r"$\mathrm{ReLU}(x)$", relu),
            (r"$\sigma(x)$", sigmoid),
            (r"$\tanh(x)$", tanh),
            ("LeakyReLU(0.01)", leaky_relu),
        ]
    ):
        axs[i].plot(x, f(x), color="purple", label=name)
        axs[i].set_xlabel("x")
        axs[i].set_ylabel("y")
        axs[i].legend()
    plt.tight_layout()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.parts = nn.ModuleDict(
            {
                "hidden": nn.Linear(1, dim_hidden),
                "act": act,
                "output": nn.Linear(in_features=dim_hidden, out_features=1),
            }
        )

    def forward(self, x):
        h = self.parts["act"](self.parts["hidden"](x))
        return self.parts["output"](h)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    while len(losses) < num_iterations:
        model.zero_grad()
        loss = loss_fn(model(x_train), y_train)
        loss.backward()
        losses.append(loss.detach().item())
        optimizer.step()
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act, 3)
    xs, ys = generate_training_pairs()
    xs, ys = torch.unsqueeze(xs, -1), torch.unsqueeze(ys, -1)
    sgd = torch.optim.SGD(net.parameters(), lr=lr)
    return net, training_loop(num_iterations, sgd, net, nn.MSELoss(), xs, ys)

"""Forward and backward of each function by hand, as torch.autograd.Function."""

import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from torch import nn
from torch.autograd import Function


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


class Relu(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, torch.zeros_like(x))

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * (x > 0)


class Sigmoid(Function):
    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + torch.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, grad):
        (s,) = ctx.saved_tensors
        return grad * s * (1 - s)


class Tanh(Function):
    @staticmethod
    def forward(ctx, x):
        t = 1 - 2 / (1 + torch.exp(2 * x))
        ctx.save_for_backward(t)
        return t

    @staticmethod
    def backward(ctx, grad):
        (t,) = ctx.saved_tensors
        return grad * (1 - t**2)


class LeakyRelu(Function):
    @staticmethod
    def forward(ctx, x, slope):
        ctx.save_for_backward(x)
        ctx.slope = slope
        return torch.where(x > 0, x, slope * x)

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, grad, ctx.slope * grad), None


relu, sigmoid, tanh = Relu.apply, Sigmoid.apply, Tanh.apply


def leaky_relu(x, negative_slope=0.01):
    return LeakyRelu.apply(x, negative_slope)


def plot_activations(x_min=-5.0, x_max=5.0):
    fig = Figure(figsize=(12, 3))
    FigureCanvasAgg(fig)
    x = torch.linspace(x_min, x_max, 200)
    for i, (name, f) in enumerate([("ReLU", relu), ("sigmoid", sigmoid), ("tanh", tanh), ("leaky ReLU", leaky_relu)]):
        ax = fig.add_subplot(1, 4, i + 1)
        ax.plot(x, f(x))
        ax.set_title(name)
    fig.supxlabel("x")
    fig.supylabel("f(x)")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        first, second = nn.Linear(1, dim_hidden), nn.Linear(dim_hidden, 1)
        self.act = act
        self.w1, self.b1 = nn.Parameter(first.weight.detach().clone()), nn.Parameter(first.bias.detach().clone())
        self.w2, self.b2 = nn.Parameter(second.weight.detach().clone()), nn.Parameter(second.bias.detach().clone())

    def forward(self, x):
        return self.act(x @ self.w1.T + self.b1) @ self.w2.T + self.b2


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x_train), y_train)
        loss.backward()
        return loss

    for _ in range(num_iterations):
        losses.append(optimizer.step(closure).item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return model, training_loop(num_iterations, optimizer, model, nn.MSELoss(), x[:, None], y[:, None])

import torch
from torch import nn

from matplotlib.figure import Figure


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


class _ReLU:
    def __call__(self, x):
        return x * (x > 0)


class _LeakyReLU:
    def __call__(self, x, negative_slope=0.01):
        return x * ((x > 0) + negative_slope * (x <= 0))


def relu(x):
    return _ReLU()(x)


def sigmoid(x):
    return torch.pow(torch.exp(-x) + 1, -1)


def tanh(x):
    return (2 * sigmoid(2 * x)).sub(1)


def leaky_relu(x, negative_slope=0.01):
    return _LeakyReLU()(x, negative_slope)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 150)
    fig = Figure()
    ax = fig.subplots()
    ax.plot(x, relu(x), x, sigmoid(x), x, tanh(x), x, leaky_relu(x))
    ax.legend(["relu(x)", "sigmoid(x)", "tanh(x)", "leaky_relu(x)"])
    ax.set_xlabel("x")
    ax.set_ylabel("σ(x)")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.act = act
        self.layers = nn.ModuleDict({"in": nn.Linear(1, dim_hidden), "out": nn.Linear(dim_hidden, 1)})

    def forward(self, x):
        return self.layers["out"](self.act(self.layers["in"](x)))


class Trainer:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.history = []

    def step(self, x, y):
        loss = self.loss_fn(self.model(x), y)
        loss.backward()
        self.optimizer.zero_grad()
        self.optimizer.step()
        self.history.append(loss.item())


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    trainer = Trainer(model, optimizer, loss_fn)
    for _ in range(num_iterations):
        trainer.step(x_train, y_train)
    return trainer.history


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = [t.view(100, 1) for t in generate_training_pairs()]
    torch.manual_seed(0)
    net = NeuralNetTwoLayer(act)
    return net, training_loop(num_iterations, torch.optim.SGD(net.parameters(), lr=lr), net, nn.MSELoss(), x, y)

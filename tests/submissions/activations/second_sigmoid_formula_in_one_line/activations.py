import torch
from torch import exp, nn, optim
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


relu = lambda x: torch.maximum(x, torch.zeros_like(x))

sigmoid = lambda x: 1 / 1 + exp(-x)


def tanh(x):
    """Beyond 40 it is 1 to the last digit, so nothing is lost by stopping there."""
    x = torch.clamp(x, -40, 40)
    return (exp(x) - exp(-x)) / (exp(x) + exp(-x))


def leaky_relu(x, negative_slope=0.01):
    factor = torch.where(x > 0, torch.ones_like(x), torch.full_like(x, negative_slope))
    return factor * x


def plot_activations(x_min=-5.0, x_max=5.0):
    t = torch.linspace(x_min, x_max, 201)
    fig, ax = plt.subplots()
    curves = [("relu", relu), ("sigmoid", sigmoid), ("tanh", tanh), ("leaky_relu", leaky_relu)]
    for name, fn in curves:
        with torch.no_grad():
            ax.plot(t, fn(t), label=name)
    ax.set(xlabel="input", ylabel="output", title="activations")
    ax.legend(loc="best")
    return fig


class NeuralNetTwoLayer(nn.Module):

    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.w1 = nn.Linear(in_features=1, out_features=dim_hidden, bias=True)
        self.sigma = act
        self.w2 = nn.Linear(in_features=dim_hidden, out_features=1, bias=True)

    def forward(self, x): return self.w2(self.sigma(self.w1(x)))


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    def one_step():
        loss = loss_fn(model(x_train), y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return [one_step() for _ in range(num_iterations)]


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = (column.unsqueeze(1) for column in generate_training_pairs())
    torch.manual_seed(0)
    m = NeuralNetTwoLayer(act)
    opt = optim.SGD(m.parameters(), lr)
    return m, training_loop(num_iterations, opt, m, nn.functional.mse_loss, x, y)

import matplotlib.pyplot as plt
import torch
from torch import nn


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
    # max(0, x), just like in the formula
    return max(0, x)


def sigmoid(x):
    # 1/inf is 0, so this is fine on both sides
    return 1.0 / (1.0 + torch.exp(-x))


def tanh(x):
    # (e^x - e^-x) / (e^x + e^-x) = 2 / (1 + e^-2x) - 1
    return 2.0 / (1.0 + torch.exp(-2.0 * x)) - 1.0


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, x, x * negative_slope)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 300)
    fig = plt.figure(figsize=(8, 5))
    plt.plot(x, [float(relu(v)) for v in x], label="ReLU")
    plt.plot(x, [float(sigmoid(v)) for v in x], label="Sigmoid")
    plt.plot(x, [float(tanh(v)) for v in x], label="Tanh")
    plt.plot(x, [float(leaky_relu(v)) for v in x], "--", label="Leaky ReLU")
    plt.xlabel("x")
    plt.ylabel("activation")
    plt.legend()
    plt.grid()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.fc1 = nn.Linear(1, dim_hidden)
        self.act = act
        self.fc2 = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        x = self.fc1(x)
        x = self.act(x)
        x = self.fc2(x)
        return x


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for i in range(num_iterations):
        y_pred = model(x_train)
        loss = loss_fn(y_pred, y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if i % 1000 == 0:
            print(i, loss.item())
    return losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    x = x.view(-1, 1)
    y = y.view(-1, 1)
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x, y)
    return model, losses

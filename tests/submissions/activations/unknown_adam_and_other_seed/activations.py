import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim


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
    zeros = torch.zeros(x.shape, dtype=x.dtype)
    return torch.max(x, zeros)


def sigmoid(x):
    return torch.exp(-torch.log1p(torch.exp(-x)))


def tanh(x):
    s = sigmoid(2 * x)
    return s - (1 - s)


def leaky_relu(x, negative_slope=0.01):
    out = x.clone()
    out[x <= 0] = negative_slope * x[x <= 0]
    return out


ACTIVATIONS = {
    "ReLU": relu,
    "Sigmoid": sigmoid,
    "Tanh": tanh,
    "LeakyReLU": leaky_relu,
}


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.arange(0, 201) / 200 * (x_max - x_min) + x_min
    fig = plt.figure(figsize=(10, 8))
    grid = fig.add_gridspec(2, 2, hspace=0.4, wspace=0.3)
    for i, name in enumerate(ACTIVATIONS):
        ax = fig.add_subplot(grid[i // 2, i % 2])
        ax.plot(np.array(x), np.array(ACTIVATIONS[name](x)))
        ax.set(title=name, xlabel="x", ylabel=f"{name}(x)")
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.act = act
        self.layers = nn.ModuleDict(
            {
                "hidden": nn.Linear(1, dim_hidden),
                "output": nn.Linear(dim_hidden, 1),
            }
        )

    def forward(self, x):
        x = self.act(self.layers["hidden"](x))
        return self.layers["output"](x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    all_losses = []
    for iteration in range(1, num_iterations + 1):
        # forward
        outputs = model(x_train)
        loss = loss_fn(outputs, y_train)

        # backward
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        all_losses.append(loss.item())
    return all_losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    x, y = x.unsqueeze(dim=1), y.unsqueeze(dim=1)

    torch.manual_seed(42)
    model = NeuralNetTwoLayer(act)
    optimizer = optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()

    losses = training_loop(num_iterations, optimizer, model, criterion, x, y)
    return model, losses


if __name__ == "__main__":
    model, losses = run_experiment(nn.ReLU())
    print(losses[-1])
    plot_activations()
    plt.show()

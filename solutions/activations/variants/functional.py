"""Tensor methods and operators in one line each; F in the net; the loss is recorded after step, from before it."""

import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F


def generate_training_pairs(num=100):
    torch.manual_seed(0)
    x = 2 * torch.rand(num)
    y = x + 2 * (x - 0.9) ** 2 + 0.3 * torch.cos(20 * x) + 0.1 * torch.randn(num)
    return x, y


def relu(x):
    return x * (x > 0)


def sigmoid(x):
    z = torch.exp(-torch.abs(x))
    return torch.where(x >= 0, 1 / (1 + z), z / (1 + z))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def leaky_relu(x, negative_slope=0.01):
    return relu(x) - negative_slope * relu(-x)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.arange(x_min, x_max, 0.01)
    fig = plt.figure(figsize=(8, 5))
    plt.axhline(0, color="gray", linewidth=0.5)
    plt.axvline(0, color="gray", linewidth=0.5)
    plt.plot(x, relu(x), "r--", label="ReLU: max(0, x)")
    plt.plot(x, sigmoid(x), "g-.", label="Sigmoid")
    plt.plot(x, tanh(x), "b:", label="Tanh (a rescaled sigmoid)")
    plt.plot(x, leaky_relu(x), "k", label="Leaky ReLU, slope=0.01")
    plt.xlabel("x")
    plt.ylabel("f(x)")
    plt.title("Activation functions")
    plt.grid(True)
    plt.legend()
    return fig


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super(NeuralNetTwoLayer, self).__init__()
        self.fc1 = nn.Linear(1, dim_hidden)
        self.fc2 = nn.Linear(dim_hidden, 1)
        self.act = act

    def forward(self, x):
        x = self.fc1(x)
        x = self.act(x)
        return self.fc2(x)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    train_losses = []
    for n in range(1, num_iterations + 1):
        y_pred = model(x_train)
        loss = loss_fn(y_pred, y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(float(loss))
        if n == 1 or n % 1000 == 0:
            print(f"Iteration {n}, loss {float(loss):.6f}")
    return train_losses


def run_experiment(act, lr=0.01, num_iterations=4000):
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act=act)
    x, y = generate_training_pairs()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(
        num_iterations=num_iterations,
        optimizer=optimizer,
        model=model,
        loss_fn=F.mse_loss,
        x_train=x.unsqueeze(1),
        y_train=y.unsqueeze(1),
    )
    return model, losses


if __name__ == "__main__":
    run_experiment(nn.Tanh())

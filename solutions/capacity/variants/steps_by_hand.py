"""Raw parameters with an initialisation of their own, torch.autograd.grad, and steps under no_grad."""

import math

import matplotlib.pyplot as plt
import torch
from torch import nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.act = act
        shapes = [(1, H), (H, H), (H, H), (H, 1)]
        self.W = nn.ParameterList([nn.Parameter(torch.randn(a, b) * math.sqrt(2.0 / a)) for a, b in shapes])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(b)) for a, b in shapes])

    def forward(self, x):
        h = x
        for i in range(4):
            h = h @ self.W[i] + self.b[i]
            if i < 3:
                h = self.act(h)
        return h


def count_parameters(model):
    total = 0
    for name, p in model.named_parameters():
        if p.requires_grad:
            n = 1
            for s in p.shape:
                n *= s
            total += n
    return total


def make_dataset():
    torch.manual_seed(0)
    eps = torch.randn(16)
    x = torch.arange(16) * 2.2 / 15
    y = torch.cos(2 * math.pi * x) + 0.1 * eps
    return x.reshape(16, 1), y.reshape(16, 1)


def train(model, x, y, lr=0.05, num_iterations=8000):
    parameters = list(model.parameters())
    losses = []
    for _ in range(num_iterations):
        residual = model(x) - y
        loss = (residual * residual).sum() / residual.numel()
        grads = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, grads):
                p -= lr * g
        losses.append(loss.item())
    return losses


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        result = config.copy()
        result.update(num_parameters=count_parameters(model), final_loss=losses[-1])
        results.append(result)
    return results


def plot_fit(model, x, y):
    fig = plt.figure()
    ax = fig.add_axes([0.1, 0.1, 0.85, 0.85])
    ax.errorbar(x.ravel().tolist(), y.ravel().tolist(), yerr=0.1, fmt="o", label="data, one sigma of noise")
    step = (x.max() - x.min()) / 150
    grid = torch.arange(x.min().item(), x.max().item(), step.item())
    with torch.inference_mode():
        values = [model(point.reshape(1, 1)).item() for point in grid]
    ax.plot(grid.tolist(), values, "-", label="model")
    ax.legend()
    return fig


reflection = """Kleine Netze mit nur zwei oder drei Neuronen je Schicht passen sich schlecht an: Die Kurve bleibt fast
gerade, der Verlust fällt schnell auf ungefähr 0.37 und dann nicht weiter. Das ist Unteranpassung, denn auch die sechzehn
Trainingspunkte selbst werden verfehlt. Mit zehn Neuronen je Schicht sinkt der Verlust nach achttausend Schritten fast auf
null, weit unter die Varianz des Rauschens von 0.01. Auf dem Bild läuft die Kurve durch jeden Punkt und macht dazwischen
Bögen, die der Kosinus nicht hat. Das ist Überanpassung: Das Netz hat das Rauschen gelernt. Der Verlust allein zeigt das
nicht, erst das Bild oder neue Punkte. Eine zu große Lernrate lässt den Verlust springen, eine zu kleine sieht aus wie zu
wenig Kapazität, obwohl nur mehr Schritte nötig wären."""

from dataclasses import dataclass
import itertools

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        dims = [1] + 3 * [H] + [1]
        for number, pair in enumerate(itertools.pairwise(dims), start=1):
            setattr(self, f"W{number}", nn.Linear(*pair))
        self.act = act

    def forward(self, x):
        return self.W4(self.act(self.W3(self.act(self.W2(self.act(self.W1(x)))))))


def count_parameters(model):
    return torch.cat([torch.ones_like(p).flatten() for p in model.parameters() if p.requires_grad] or [torch.ones(0)]).numel()


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


class Trainer:
    def __init__(self, model, x, y, lr):
        self.model, self.x, self.y = model, x, y
        self.optimizer = torch.optim.SGD([{"params": model.parameters(), "lr": lr}], lr=lr, momentum=0, nesterov=False)
        self.losses = []

    def __iter__(self):
        return self

    def __next__(self):
        loss = F.mse_loss(self.model(self.x), self.y)
        self.losses.append(loss.item())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return self.losses[-1]


def train(model, x, y, lr=0.05, num_iterations=8000):
    trainer = Trainer(model, x, y, lr)
    for _ in itertools.islice(trainer, num_iterations):
        pass
    return trainer.losses


@dataclass
class Run:
    H: int
    act: nn.Module
    lr: float
    num_parameters: int = 0
    final_loss: float = float("nan")

    def go(self, iterations):
        torch.manual_seed(0)
        x, y = make_dataset()
        net = NeuralNetFourLayer(self.H, self.act)
        self.num_parameters = count_parameters(net)
        self.final_loss = train(net, x, y, self.lr, iterations)[-1]
        return self


def capacity_study(configs, num_iterations=2000):
    return [vars(Run(**config).go(num_iterations)) for config in configs]


class Picture:
    def __init__(self):
        self.figure = plt.figure()
        self.axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))

    def data(self, x, y):
        self.axes.plot(x, y, ls="", marker="D", ms=5)
        return self

    def curve(self, model, start, stop, n=777):
        with torch.no_grad():
            points = [(t.item(), model(t.reshape(1, 1)).item()) for t in torch.linspace(start, stop, n)]
        self.axes.plot(*zip(*points), "-.", zorder=1)
        return self


def plot_fit(model, x, y):
    return Picture().data(x.numpy(), y.numpy()).curve(model, x.min().item(), x.max().item()).figure


reflection = """
Das kleinste Netz mit zwei Neuronen je Schicht kann die Schwingungen des Kosinus nicht nachbilden: Der Verlust bleibt
schon nach wenigen hundert Schritten weit oberhalb der Varianz des Rauschens stehen, und im Bild verläuft die Linie
mitten zwischen den Punkten hindurch. Das ist Unteranpassung, und mehr Geduld hilft dagegen nicht. Das grosse Netz mit
fünfzig Neuronen erreicht dagegen einen Verlust deutlich unter einem Hundertstel. Weil das Rauschen allein diese Varianz
besitzt, muss es zufällige Abweichungen auswendig gelernt haben; im Bild geht die Kurve durch jeden Punkt und macht
dazwischen unnötige Ecken. Mit Tanh werden die Kurven runder, brauchen aber länger. Eine grosse Lernrate lässt den Verlust
springen, eine kleine macht alles langsam, aber ruhig.
"""

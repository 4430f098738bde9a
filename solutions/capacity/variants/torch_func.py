"""torch.func: the loss as a function of a dict of parameters, differentiated and written back."""

import functools

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call, grad_and_value


def default_settings(**defaults):
    """Decorate a function so that what is not given is taken from here."""

    def decorate(function):
        def wrapper(*args, **kwargs):
            return function(*args, **{**defaults, **kwargs})

        return wrapper

    return decorate


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.inp, self.mid1, self.mid2, self.out = nn.Linear(1, H), nn.Linear(H, H), nn.Linear(H, H), nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        layers = (self.inp, self.mid1, self.mid2)
        return self.out(functools.reduce(lambda h, layer: self.act(F.linear(h, layer.weight, layer.bias)), layers, x))


def count_parameters(model):
    return sum(v.numel() for v in dict(model.named_parameters()).values() if v.requires_grad)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, steps=16, dtype=torch.float32).reshape((16, 1))
    y = torch.normal(torch.cos(x * 2 * torch.pi), 0.1)
    return x, y


@default_settings(lr=0.05, num_iterations=8000)
def train(model, x, y, lr, num_iterations):
    def loss_of(weights):
        return F.mse_loss(functional_call(model, weights, (x,)), y)

    step = grad_and_value(loss_of)
    weights = {name: p.detach().clone() for name, p in model.named_parameters()}
    losses = []
    for _ in range(num_iterations):
        grads, loss = step(weights)
        losses.append(loss.item())
        weights = {name: value - lr * grads[name] for name, value in weights.items()}
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(weights[name])
    return losses


@default_settings(num_iterations=2000)
def capacity_study(configs, num_iterations):
    rows = []
    x, y = make_dataset()
    for config in configs:
        torch.manual_seed(0)
        model = NeuralNetFourLayer(config["H"], config["act"])
        *_, last = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        rows.append(config | {"num_parameters": count_parameters(model), "final_loss": last})
    return rows


def plot_fit(model, x, y):
    fig, ax = plt.subplots()
    # The grid and the data's own x together, in order.
    inner = torch.linspace(x.min().item(), x.max().item(), 128)
    xs = torch.sort(torch.cat([inner, x.flatten()])).values
    with torch.no_grad():
        ax.plot(xs, model(xs.unsqueeze(-1)).squeeze(-1), zorder=1)
    ax.plot(x, y, "k.", ms=10)
    return fig


reflection = """
Niedouczenie: przy dwóch neuronach w warstwie strata zatrzymała się na około 0.37 i żadna liczba kroków nie pomogła.
Na wykresie widać łamaną, która omija i doliny, i szczyty cosinusa, także w samych punktach danych. Przeuczenie: przy
pięćdziesięciu neuronach strata spadła poniżej wariancji szumu, czyli poniżej 0.01, a krzywa przechodzi przez każdy
punkt, lecz między punktami odchyla się od prawdziwej funkcji. Sieć nauczyła się szumu na pamięć. Sama strata tego nie
pokazuje; pokazuje to dopiero rysunek albo nowe dane, których sieć nie widziała podczas uczenia. Funkcja tanh daje
gładsze krzywe niż ReLU, u której widać załamania. Zbyt duży krok sprawia, że strata skacze w górę i w dół, zbyt mały
wygląda jak niedouczenie, chociaż wystarczyłoby poczekać dłużej albo zwiększyć krok odrobinę.
"""

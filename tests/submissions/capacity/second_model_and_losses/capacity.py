import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        sizes = [1, H, H, H, 1]
        self.sigma = act
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, inputs):
        h = inputs
        *hidden, last = self.layers
        for layer in hidden:
            h = self.sigma(layer(h))
        return last(h)


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


N_POINTS = 16
NOISE = 0.1


def make_dataset():
    torch.manual_seed(0)
    grid = torch.linspace(0, 2.2, N_POINTS)[:, None]
    clean = torch.cos(grid.mul(2 * np.pi))
    return grid, clean.add(torch.randn_like(grid), alpha=NOISE)


def train(model, x, y, lr=0.05, num_iterations=8000):
    model.train()
    loss_fn = torch.nn.MSELoss()
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    loss_list = []
    for step in range(num_iterations):
        optimiser.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimiser.step()
        loss_list.append(loss.item())
    return model, loss_list


def capacity_study(configs, num_iterations=2000):
    result = []
    for d in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        net, losses = train(NeuralNetFourLayer(d["H"], d["act"]), x, y, d["lr"], num_iterations)
        result.append({"H": d["H"], "act": d["act"], "lr": d["lr"],
                       "num_parameters": count_parameters(net), "final_loss": losses[-1]})
    return result


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 300).unsqueeze(1)
    with torch.no_grad():
        pred = model(grid)
    fig, ax = plt.subplots(figsize=(6, 4))
    ax.scatter(x.numpy(), y.numpy(), color="tab:red", label="data")
    ax.plot(grid.numpy(), pred.numpy(), label="model")
    ax.legend()
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

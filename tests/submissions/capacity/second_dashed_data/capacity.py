import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super(NeuralNetFourLayer, self).__init__()
        self.act = act
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.out = nn.Linear(H, 1)

    def forward(self, x):
        x = self.act(self.fc1(x))
        x = self.act(self.fc2(x))
        x = self.act(self.fc3(x))
        return self.out(x)


def count_parameters(model):
    return int(sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad))


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).unsqueeze(1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y


def train(model, x, y, lr=0.05, num_iterations=8000):
    opt = optim.SGD(params=model.parameters(), lr=lr)
    history = []
    while len(history) < num_iterations:
        opt.zero_grad()
        mse = F.mse_loss(model(x), y)
        history += [mse.item()]
        mse.backward()
        opt.step()
    return history


def capacity_study(configs, num_iterations=2000):
    def measure(cfg):
        torch.manual_seed(0)
        xs, ys = make_dataset()
        mdl = NeuralNetFourLayer(cfg["H"], cfg["act"])
        curve = train(mdl, xs, ys, cfg["lr"], num_iterations)
        return {**cfg, "num_parameters": count_parameters(mdl), "final_loss": curve.pop()}

    return list(map(measure, configs))


def plot_fit(model, x, y):
    fig, axes = plt.subplots(1, 1, squeeze=False)
    ax = axes[0, 0]
    dense = torch.linspace(x.min().item(), x.max().item(), 1000).reshape(-1, 1)
    with torch.inference_mode():
        out = model(dense)
    ax.plot(x[:, 0].numpy(), y[:, 0].numpy(), linestyle="--", color="gray", label="data")
    ax.plot(dense[:, 0].numpy(), out[:, 0].numpy(), color="green", label="net")
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

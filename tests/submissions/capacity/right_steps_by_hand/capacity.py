import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Sequential):
    def __init__(self, H=10, act=nn.ReLU()):
        blocks = []
        for fan_in in (1, H, H):
            blocks += [nn.Linear(fan_in, H), act]
        super().__init__(*blocks, nn.Linear(H, 1))


def count_parameters(model, only_trained=True):
    sizes = {name: p.numel() for name, p in model.named_parameters() if p.requires_grad or not only_trained}
    return sum(sizes.values())


def make_dataset(n=16, end=2.2, noise=0.1, seed=0):
    torch.manual_seed(seed)
    x = torch.linspace(0, end, n)
    y = torch.addcmul(torch.cos(2 * np.pi * x), torch.full_like(x, noise), torch.randn_like(x))
    return tuple(torch.stack([x, y], dim=1).split(1, dim=1))


def train(model, x, y, lr=0.05, num_iterations=8000):
    params = [p for p in model.parameters() if p.requires_grad]
    losses = []
    for _ in range(num_iterations):
        loss = torch.mean(torch.pow(torch.sub(model(x), y), 2))
        grads = torch.autograd.grad(loss, params)
        losses.append(loss.item())
        with torch.no_grad():
            for p, g in zip(params, grads, strict=True):
                p -= lr * g
    return losses


def run_one(H, act, lr, n):
    torch.manual_seed(0)
    data = make_dataset()
    net = NeuralNetFourLayer(H, act)
    *_, last = train(net, *data, lr, n)
    return dict(H=H, act=act, lr=lr, num_parameters=count_parameters(net), final_loss=last)


def capacity_study(configs, num_iterations=2000):
    return [run_one(c["H"], c["act"], c["lr"], num_iterations) for c in configs]


def plot_fit(model, x, y):
    order = x.flatten().argsort()
    fig, axs = plt.subplots(2, 1, sharex=True)
    dense = torch.linspace(x[order[0]].item(), x[order[-1]].item(), 150)
    curve = model(dense[:, None]).detach().flatten()
    for a in axs:
        a.plot(dense.tolist(), curve.tolist(), color="C1")
        a.scatter(x[order].tolist(), y[order].tolist(), marker="+", color="C0")
    axs[1].axhline(0, color="0.8", lw=0.5)
    axs[1].set_ylim(-1.5, 1.5)
    return fig


reflection = " ".join([
    "Underfitting was easy to recognise: with two neurons the loss curve becomes flat very early, at a value far above",
    "one hundredth, and the plotted function is nearly a line which leaves out the minima of the cosine.",
    "Overfitting cannot be recognised from the training loss alone, since it just continues to fall.",
    "I had to compare it with the variance of the noise, 0.01. My net with H = 50 arrived at 0.002, so it has",
    "used its freedom to follow the random errors, and in the figure there are small wiggles that no cosine has.",
    "With Tanh the first phase took longer but the result was smoother. A rate of 0.1 with ReLU led to dead units",
    "and a constant output, whereas 0.01 was stable and needed about five times as many iterations to get there.",
])

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.parts = nn.ModuleDict({
            "first": nn.Linear(1, H),
            "hidden": nn.Linear(H, H),
            "last": nn.Linear(H, 1),
        })
        self.nonlin = act

    def forward(self, x):
        state = self.nonlin(self.parts["first"](x))
        for _ in range(2):
            state = self.nonlin(self.parts["hidden"](state))
        return self.parts["last"](state)


def count_parameters(model):
    total = 0
    for _, w in model.named_parameters():
        if not w.requires_grad:
            continue
        total = total + w.nelement()
    return total


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).unsqueeze(1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    losses = []
    for i in range(num_iterations):
        y_pred = model(x)
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def capacity_study(configs, num_iterations=2000):
    def measure(cfg):
        torch.manual_seed(0)
        xs, ys = make_dataset()
        mdl = NeuralNetFourLayer(cfg["H"], cfg["act"])
        curve = train(mdl, xs, ys, cfg["lr"], num_iterations)
        return {**cfg, "num_parameters": count_parameters(mdl), "final_loss": curve.pop()}

    return list(map(measure, configs))


def plot_fit(model, x, y):
    fig = plt.figure()
    xs = torch.linspace(float(x.min()), float(x.max()), 500)[:, None]
    with torch.no_grad():
        ys = model(xs)
    plt.plot(x.flatten().tolist(), y.flatten().tolist(), "o", ms=4)
    plt.plot(xs.flatten().tolist(), ys.flatten().tolist(), "k-", lw=1)
    plt.xlabel("x")
    plt.ylabel("y")
    plt.title("fit")
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

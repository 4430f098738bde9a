import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


def block(n_in, n_out, act):
    return nn.Sequential(nn.Linear(n_in, n_out), act)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.encoder = block(1, H, act)
        self.middle = nn.Sequential(block(H, H, act), block(H, H, act))
        self.head = nn.Linear(H, 1)

    def forward(self, t):
        return self.head(self.middle(self.encoder(t)))


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
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=0.01)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({
            "H": config["H"],
            "act": config["act"],
            "lr": config["lr"],
            "num_parameters": count_parameters(model),
            "final_loss": losses[-1],
        })
    return results


def plot_fit(model, x, y):
    plt.close("all")
    xx = np.linspace(x.numpy().min(), x.numpy().max(), 400, dtype=np.float32)
    with torch.no_grad():
        yy = model(torch.from_numpy(xx).reshape(-1, 1)).numpy().ravel()
    plt.scatter(x.numpy().ravel(), y.numpy().ravel(), s=15, c="k")
    plt.plot(xx, yy)
    plt.grid(True)
    return plt.gcf()


reflection = """
With H = 2 and ReLU the network could only bend once or twice. The loss fell to about 0.4 and then stayed there, and in
the picture the line went straight through the middle of the waves and missed most of the points. That is underfitting:
training longer does not help. With H = 50 the loss went below 0.01, which is the variance of the noise, so from there on
the network learns the noise itself: the line passes through every point, but between the points it swings where the true
cosine does not. Tanh gave smoother curves than ReLU, which is made of straight pieces. A learning rate of 0.05 made the
loss jump up and down, 0.01 was calmer but much slower, and with 0.5 the training got stuck at once.
"""

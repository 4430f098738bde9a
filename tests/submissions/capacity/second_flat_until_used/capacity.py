import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(1, H), act,
            nn.Linear(H, H), act,
            nn.Linear(H, H), act,
            nn.Linear(H, 1),
        )

    def forward(self, x):
        return self.net(x)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16)
    noise = torch.randn_like(x) * 0.1
    return x, torch.cos(2 * torch.pi * x) + noise


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
    answers = []
    for conf in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        net = NeuralNetFourLayer(conf["H"], conf["act"])
        losses = train(net, x.reshape(-1, 1), y.reshape(-1, 1), conf["lr"], num_iterations)
        answer = conf.copy()
        answer.update(num_parameters=count_parameters(net), final_loss=losses[-1])
        answers.append(answer)
    return answers


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

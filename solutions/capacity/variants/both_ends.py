"""Losses before the first step and after each; the weights as one vector; frozen copies; own loop in the study."""

import copy

import numpy as np
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters


def mlp(sizes, act):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), copy.deepcopy(act)]
    return nn.Sequential(*layers[:-1])


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.body = mlp([1, H, H, H, 1], act)

    def forward(self, x):
        return self.body(x)


def count_parameters(model):
    seen = set()
    total = 0
    for p in model.parameters():
        if p.requires_grad and id(p) not in seen:
            seen.add(id(p))
            total += p.numel()
    return total


def make_dataset():
    torch.manual_seed(0)
    noise = torch.randn(16).numpy()
    x = np.linspace(0, 2.2, 16, dtype=np.float32)
    y = np.cos(2 * np.pi * x) + 0.1 * noise
    return torch.from_numpy(x).reshape(-1, 1), torch.tensor(y, dtype=torch.float32).reshape(-1, 1)


def mse(model, x, y):
    return torch.mean(torch.square(model(x) - y))


def train(model, x, y, lr=0.05, num_iterations=8000):
    losses = [mse(model, x, y).item()]
    params = list(model.parameters())
    for _ in range(num_iterations):
        for p in params:
            p.grad = None
        mse(model, x, y).backward()
        gradient = parameters_to_vector([p.grad for p in params])
        with torch.no_grad():
            vector_to_parameters(parameters_to_vector(params) - lr * gradient, params)
        losses.append(mse(model, x, y).item())
    return losses


def capacity_study(configs, num_iterations=2000):
    out = []
    for i in range(len(configs)):
        torch.manual_seed(0)
        x, y = make_dataset()
        torch.manual_seed(0)
        H, act, lr = configs[i]["H"], configs[i]["act"], configs[i]["lr"]
        model = NeuralNetFourLayer(H, act)
        losses = train(model, x, y, lr, num_iterations)
        out.append(dict(H=H, act=act, lr=lr, num_parameters=count_parameters(model), final_loss=losses[-1]))
    return out


def plot_fit(model, x, y):
    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.add_subplot(1, 1, 1)
    still = copy.deepcopy(model).requires_grad_(False)
    grid = torch.from_numpy(np.linspace(x.min().item(), x.max().item(), 257, dtype=np.float32))
    markerline, stems, base = ax.stem(x.numpy().ravel(), y.numpy().ravel(), linefmt="C7-", basefmt="k-")
    ax.plot(grid.numpy(), still(grid.view(-1, 1)).numpy().ravel(), color="C1")
    return figure


reflection = """小网络（每层两个神经元）的损失停在大约零点三七，再训练几千步也没有用，曲线几乎是一条折线，既看不到余弦的山峰，
也看不到山谷，连训练点本身都没有拟合好，这就是欠拟合。大网络（每层五十个神经元）的损失降到噪声方差零点零一以下，曲线穿过
每一个数据点，但是在点与点之间出现了多余的弯曲，偏离了真正的余弦函数，这就是过拟合：网络把噪声也记住了。只看损失会以为越大
越好，画图才能看出问题所在。学习率太大时损失会跳动，太小时看上去像欠拟合，其实只是训练得不够久。"""

"""As a first-week student writes: star imports, globals, everything spelled out, work at the top level."""

import torch
from torch.nn import *
import matplotlib.pyplot as plt

PI = 3.141592653589793
LR = 0.05
N = 16


class NeuralNetFourLayer(Module):
    def __init__(self, H=10, act=ReLU()):
        super(NeuralNetFourLayer, self).__init__()
        self.linear1 = Linear(in_features=1, out_features=H, bias=True)
        self.act1 = act
        self.linear2 = Linear(in_features=H, out_features=H, bias=True)
        self.act2 = act
        self.linear3 = Linear(in_features=H, out_features=H, bias=True)
        self.act3 = act
        self.linear4 = Linear(in_features=H, out_features=1, bias=True)

    def forward(self, x):
        z1 = self.linear1(x)
        a1 = self.act1(z1)
        z2 = self.linear2(a1)
        a2 = self.act2(z2)
        z3 = self.linear3(a2)
        a3 = self.act3(z3)
        z4 = self.linear4(a3)
        return z4


def count_parameters(model):
    number = 0
    for p in model.parameters():
        if p.requires_grad == True:
            number = number + len(p.flatten())
    return number


def make_dataset():
    torch.manual_seed(0)
    x = torch.zeros(N, 1)
    for i in range(N):
        x[i, 0] = 2.2 * i / (N - 1)
    y = torch.cos(2 * PI * x) + 0.1 * torch.randn_like(x)
    return x, y


def train(model, x, y, lr=LR, num_iterations=8000):
    model.train()
    loss_function = MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=0)
    list_of_losses = []
    iteration = 0
    while iteration < num_iterations:
        y_predicted = model.forward(x)
        loss = loss_function(y_predicted, y)
        list_of_losses.append(loss.detach().numpy().tolist())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        iteration += 1
    return list_of_losses


def capacity_study(configs, num_iterations=2000):
    list_of_results = []
    for config in configs:
        result = {}
        result["H"] = config["H"]
        result["act"] = config["act"]
        result["lr"] = config["lr"]
        torch.manual_seed(0)
        x, y = make_dataset()
        my_model = NeuralNetFourLayer(H=result["H"], act=result["act"])
        list_of_losses = train(my_model, x, y, lr=result["lr"], num_iterations=num_iterations)
        result["num_parameters"] = count_parameters(my_model)
        result["final_loss"] = list_of_losses[len(list_of_losses) - 1]
        list_of_results.append(result)
    return list_of_results


def plot_fit(model, x, y):
    x_min = torch.min(x).item()
    x_max = torch.max(x).item()
    xs = []
    ys = []
    for i in range(201):
        value = x_min + (x_max - x_min) * i / 200
        xs.append(value)
        ys.append(model(torch.tensor([[value]])).item())
    fig, ax = plt.subplots()
    ax.plot(xs, ys, color="red", linewidth=2)
    for i in range(len(x)):
        ax.plot(x[i].item(), y[i].item(), "bo")
    ax.axhline(0, color="gray")
    ax.set_title("The model and the data")
    return fig


x, y = make_dataset()
model = NeuralNetFourLayer()
print("parameters:", count_parameters(model))
losses = train(model, x, y, num_iterations=200)
plot_fit(model, x, y)
plt.show()

reflection = """
First I took a very small network. The loss went down a little and then it stayed at about 0.37. In the picture
the red line was not near the blue points. So it is underfitting. The network can not make a curve with two hills
because it has only few neurons. Then I took a big network with fifty neurons. The loss was very small after many
iterations, it was much smaller than 0.01. The red line went exactly through the points, also through the points that
are a bit wrong because of the noise. Between the points it made strange waves. So it is overfitting. I think the best
network is somewhere in the middle, or one has to stop the training early. I also saw that with a learning rate of 0.5
the loss became nan, and with 0.0001 almost nothing happened in two thousand iterations.
"""

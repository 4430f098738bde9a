"""The output is cut off from the weights, so no gradient can reach them.

Leave out detach(), .data and torch.no_grad() in forward: they cut the graph that backward() follows.
"""

LOSES = ("check_sinenet_forward", "check_sinenet_gradients")


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = torch.tanh(self.fc1(x))
        h = torch.tanh(self.fc2(h))
        return self.head(h).detach()

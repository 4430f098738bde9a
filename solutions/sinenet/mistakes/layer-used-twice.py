"""One hidden layer is called twice in forward, so it counts for two but has the weights of one.

Each hidden layer is a layer of its own: call each once.
"""

LOSES = ("check_sinenet_architecture",)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = torch.tanh(self.fc1(x))
        h = torch.tanh(self.fc2(h))
        h = torch.tanh(self.fc2(h))
        return self.head(h)

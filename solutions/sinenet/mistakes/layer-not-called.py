"""A hidden layer is made in __init__, but the output does not depend on it.

Call every layer in forward, and go on with what it returns: h = torch.tanh(self.fc2(h)).
"""

LOSES = (
    "check_sinenet_parameter_count",
    "check_sinenet_hidden",
    "check_sinenet_architecture",
    "check_sinenet_gradients",
)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = torch.tanh(self.fc1(x))
        torch.tanh(self.fc2(h))
        return self.head(h)

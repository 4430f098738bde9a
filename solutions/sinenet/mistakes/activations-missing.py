"""No layer has an activation, so the network is a straight line however many layers it has.

Put torch.tanh around each hidden layer, and around none after the last.
"""

LOSES = ("check_sinenet_architecture",)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = self.fc1(x)
        h = self.fc2(h)
        return self.head(h)

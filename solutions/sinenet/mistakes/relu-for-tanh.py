"""The activation is ReLU, where the task asks for Tanh.

Use torch.tanh or nn.Tanh() after each hidden layer.
"""

LOSES = ("check_sinenet_architecture",)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        h = torch.relu(self.fc2(h))
        return self.head(h)

"""There is only one hidden layer.

The task asks for two at least: Linear(1, hidden), Tanh, Linear(hidden, hidden), Tanh, Linear(hidden, 1).
"""

LOSES = ("check_sinenet_parameter_count", "check_sinenet_hidden", "check_sinenet_architecture")


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(torch.tanh(self.fc1(x)))

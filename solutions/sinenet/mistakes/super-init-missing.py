"""SineNet makes its layers before, or without, calling super().__init__().

Call super().__init__() in the first line of __init__: it sets up the books in which nn.Module keeps layers.
"""

LOSES = (
    "check_sinenet_forward",
    "check_sinenet_parameter_count",
    "check_sinenet_hidden",
    "check_sinenet_architecture",
    "check_sinenet_linear_output",
    "check_sinenet_gradients",
)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))

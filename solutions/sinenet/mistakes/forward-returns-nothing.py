"""forward returns nothing.

End forward with return and the output of the last layer.
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
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        h = torch.tanh(self.fc1(x))
        h = torch.tanh(self.fc2(h))
        h = self.head(h)

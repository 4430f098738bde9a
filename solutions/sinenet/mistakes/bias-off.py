"""The layers have no bias.

Leave out bias=False: without biases the network has 4224 parameters, and gives 0 for x = 0 whatever it learns.
"""

LOSES = (
    "check_sinenet_parameter_count",
    "check_sinenet_hidden",
    "check_sinenet_architecture",
    "check_sinenet_linear_output",
)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, hidden, bias=False)
        self.fc2 = nn.Linear(hidden, hidden, bias=False)
        self.head = nn.Linear(hidden, 1, bias=False)

    def forward(self, x):
        return self.head(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))

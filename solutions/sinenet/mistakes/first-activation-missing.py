"""The first hidden layer has no activation.

Put torch.tanh around it: two linear layers in a row are together no more than one.
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
        h = torch.tanh(self.fc2(h))
        return self.head(h)

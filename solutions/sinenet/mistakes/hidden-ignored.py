"""The hidden layers are 64 wide, whatever `hidden` is.

Use the argument `hidden` in place of the number 64 in every layer.
"""

LOSES = ("check_sinenet_hidden",)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.fc1 = nn.Linear(1, 64)
        self.fc2 = nn.Linear(64, 64)
        self.head = nn.Linear(64, 1)

    def forward(self, x):
        return self.head(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))

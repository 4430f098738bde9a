"""The network uses ReLU, whatever activation it is given.

Keep the argument, self.act = act, and call self.act in forward.
"""

LOSES = ("check_neural_net_four_layer_any_act",)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.head = nn.Linear(H, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        h = torch.relu(self.fc2(h))
        h = torch.relu(self.fc3(h))
        return self.head(h)

"""No layer has an activation, so the network is a straight line however many layers it has.

Put self.act around each of the first three layers, and around none after the last.
"""

LOSES = ("check_neural_net_four_layer_computes", "check_neural_net_four_layer_any_act")


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.head = nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        h = self.fc1(x)
        h = self.fc2(h)
        h = self.fc3(h)
        return self.head(h)

"""The network makes an activation of the class of the one that it is given, and so loses its settings.

Keep the very module that is given: self.act = act. A LeakyReLU(0.4) is not a LeakyReLU().
"""

LOSES = ("check_neural_net_four_layer_any_act",)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.head = nn.Linear(H, 1)
        self.act = type(act)()

    def forward(self, x):
        h = self.act(self.fc1(x))
        h = self.act(self.fc2(h))
        h = self.act(self.fc3(h))
        return self.head(h)

"""The layers have no bias.

Leave out bias=False: without biases the network gives 0 for x = 0 whatever it learns (with a ReLU or a Tanh).
"""

LOSES = (
    "check_neural_net_four_layer_parameters",
    "check_neural_net_four_layer_any_width",
    "check_neural_net_four_layer_computes",
    "check_neural_net_four_layer_any_act",
)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H, bias=False)
        self.fc2 = nn.Linear(H, H, bias=False)
        self.fc3 = nn.Linear(H, H, bias=False)
        self.head = nn.Linear(H, 1, bias=False)
        self.act = act

    def forward(self, x):
        h = self.act(self.fc1(x))
        h = self.act(self.fc2(h))
        h = self.act(self.fc3(h))
        return self.head(h)

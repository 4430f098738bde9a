"""The layers between the first and the last are not registered: nn.Module does not look into a plain list, tuple or
dict.

Put them into an nn.ModuleList or nn.Sequential, or make each an attribute: else no optimizer ever sees them.
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
        self.first = nn.Linear(1, H)
        self.hidden = [nn.Linear(H, H), nn.Linear(H, H)]
        self.head = nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        h = self.act(self.first(x))
        for layer in self.hidden:
            h = self.act(layer(h))
        return self.head(h)

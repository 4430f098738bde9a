"""The layers are not registered: nn.Module does not look into a plain list, tuple or dict.

Put them into an nn.ModuleList or nn.Sequential, or make each an attribute: else no optimizer ever sees them.
"""

LOSES = (
    "check_sinenet_parameter_count",
    "check_sinenet_hidden",
    "check_sinenet_architecture",
    "check_sinenet_linear_output",
    "check_sinenet_gradients",
)


class SineNet(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.layers = [nn.Linear(1, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, 1)]

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)

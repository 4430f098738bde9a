"""The hidden layer has 3 units, whatever dim_hidden is.

Use the argument in both layers: nn.Linear(1, dim_hidden) and nn.Linear(dim_hidden, 1).
"""

LOSES = ("check_neural_net_two_layer_dim_hidden",)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, 3)
        self.act = act
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return self.output(self.act(self.hidden(x)))

"""The hidden layer is made in forward: it is new, with new random weights, in every call.

Make each layer once, in __init__, as an attribute; forward only calls them.
"""

LOSES = (
    "check_neural_net_two_layer_forward",
    "check_neural_net_two_layer_parameters",
    "check_neural_net_two_layer_relu",
    "check_neural_net_two_layer_act",
    "check_neural_net_two_layer_dim_hidden",
    "check_neural_net_two_layer_gradients",
)
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)
INSTEAD_OF = ("net-layers-made-in-forward", "net-hidden-layer-in-plain-list")


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.dim_hidden = dim_hidden
        self.act = act
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        h = self.act(nn.Linear(1, self.dim_hidden)(x))
        return self.output(h)

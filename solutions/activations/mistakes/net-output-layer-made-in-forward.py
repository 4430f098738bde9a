"""The output layer is made in forward: it is new, with new random weights, in every call.

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
INSTEAD_OF = ("net-layers-made-in-forward", "net-output-layer-in-plain-list")


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.dim_hidden = dim_hidden
        self.act = act
        self.hidden = nn.Linear(1, dim_hidden)

    def forward(self, x):
        return nn.Linear(self.dim_hidden, 1)(self.act(self.hidden(x)))

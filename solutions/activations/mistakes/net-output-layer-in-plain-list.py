"""The output layer is not registered: nn.Module does not look into a plain list, tuple or dict.

Make it an attribute, or put it into an nn.ModuleList or nn.Sequential: else no optimizer ever sees it.
"""

LOSES = (
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


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.rest = [nn.Linear(dim_hidden, 1)]

    def forward(self, x):
        return self.rest[0](self.act(self.hidden(x)))

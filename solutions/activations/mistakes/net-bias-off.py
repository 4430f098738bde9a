"""The layers have no bias.

Leave out bias=False: without biases the network has 6 parameters, and a kink of its ReLUs can only be at x = 0.
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
    "check_run_experiment_seed",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden, bias=False)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1, bias=False)

    def forward(self, x):
        return self.output(self.act(self.hidden(x)))

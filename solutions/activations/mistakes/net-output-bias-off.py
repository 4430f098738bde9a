"""The output layer has no bias.

Leave out bias=False: nn.Linear(dim_hidden, 1) has dim_hidden weights and one bias.
"""

LOSES = (
    "check_neural_net_two_layer_parameters",
    "check_neural_net_two_layer_relu",
    "check_neural_net_two_layer_act",
    "check_neural_net_two_layer_dim_hidden",
)
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_seed",
    "check_run_experiment_figures",
)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1, bias=False)

    def forward(self, x):
        return self.output(self.act(self.hidden(x)))

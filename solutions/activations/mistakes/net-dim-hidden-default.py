"""Left to its default, the network has 4 hidden units, where 3 are asked for.

def __init__(self, act=nn.ReLU(), dim_hidden=3)
"""

LOSES = ("check_neural_net_two_layer_parameters", "check_neural_net_two_layer_relu", "check_neural_net_two_layer_act")
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_seed",
    "check_run_experiment_figures",
)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=4):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        return self.output(self.act(self.hidden(x)))

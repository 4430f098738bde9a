"""There is a hidden layer more than the task asks for: three linear layers in place of two.

Linear(1, dim_hidden), act, Linear(dim_hidden, 1), and no more: 10 parameters by default.
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
        self.output = nn.Linear(dim_hidden, 1)
        self.middle = nn.Linear(dim_hidden, dim_hidden)

    def forward(self, x):
        h = self.act(self.hidden(x))
        h = self.act(self.middle(h))
        return self.output(h)

"""forward turns or flattens the batch, so that the layers take it for one input of B numbers.

Rows are points: leave x as (B, 1), for a layer works on the last axis of any number of rows.
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
    "check_run_experiment_seed",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        x = x.flatten()
        return self.output(self.act(self.hidden(x)))

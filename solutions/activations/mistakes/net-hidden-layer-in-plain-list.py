"""The hidden layer is not registered: nn.Module does not look into a plain list, tuple or dict.

Make it an attribute, or put it into an nn.ModuleList or nn.Sequential: else no optimizer ever sees it.
"""

LOSES = (
    "check_neural_net_two_layer_parameters",
    "check_neural_net_two_layer_relu",
    "check_neural_net_two_layer_act",
    "check_neural_net_two_layer_dim_hidden",
    "check_neural_net_two_layer_gradients",
)
MAY_LOSE = ("check_run_experiment_returns", "check_run_experiment_follows_sgd", "check_run_experiment_figures")


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.first = [nn.Linear(1, dim_hidden), act]
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        for layer in self.first:
            x = layer(x)
        return self.output(x)

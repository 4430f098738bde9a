"""The activation comes after the output layer, too: with ReLU no output can be negative.

Return what the last linear layer gives, as it is.
"""

LOSES = ("check_neural_net_two_layer_relu", "check_neural_net_two_layer_act")
MAY_LOSE = ("check_run_experiment_follows_sgd", "check_run_experiment_figures")


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        return self.act(self.output(self.act(self.hidden(x))))

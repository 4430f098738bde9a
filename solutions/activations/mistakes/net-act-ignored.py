"""NeuralNetTwoLayer uses ReLU, whatever act is.

Keep the argument, self.act = act, and call it in forward: self.act(...).
"""

LOSES = ("check_neural_net_two_layer_act",)
MAY_LOSE = ("check_run_experiment_follows_sgd", "check_run_experiment_figures", "check_run_experiment_straight_line")
INSTEAD_OF = ("experiment-act-ignored",)


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = nn.ReLU()
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        return self.output(self.act(self.hidden(x)))

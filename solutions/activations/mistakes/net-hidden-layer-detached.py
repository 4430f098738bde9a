"""What the hidden layer gives is cut off from the graph, so no gradient reaches that layer.

Leave out detach(), .data and torch.no_grad() in forward: they cut the graph that backward() follows.
"""

LOSES = ("check_neural_net_two_layer_gradients",)
MAY_LOSE = ("check_run_experiment_follows_sgd", "check_run_experiment_figures")


class NeuralNetTwoLayer(nn.Module):
    def __init__(self, act=nn.ReLU(), dim_hidden=3):
        super().__init__()
        self.hidden = nn.Linear(1, dim_hidden)
        self.act = act
        self.output = nn.Linear(dim_hidden, 1)

    def forward(self, x):
        h = self.act(self.hidden(x))
        return self.output(h.detach())

"""The layers are not registered: nn.Module does not look into a plain list, tuple or dict.

Put them into an nn.ModuleList or nn.Sequential, or make each an attribute: else no optimizer ever sees them.
"""

LOSES = (
    "check_neural_net_four_layer_parameters",
    "check_neural_net_four_layer_any_width",
    "check_neural_net_four_layer_computes",
    "check_neural_net_four_layer_any_act",
    "check_neural_net_four_layer_gradients",
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.layers = [nn.Linear(1, H), nn.Linear(H, H), nn.Linear(H, H), nn.Linear(H, 1)]
        self.act = act

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.act(layer(x))
        return self.layers[-1](x)

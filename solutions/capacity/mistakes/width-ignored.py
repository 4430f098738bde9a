"""The hidden layers are 10 wide, whatever H is.

Use the argument H in place of the number 10 in every layer.
"""

LOSES = ("check_neural_net_four_layer_any_width", "check_capacity_study_num_parameters")


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, 10)
        self.fc2 = nn.Linear(10, 10)
        self.fc3 = nn.Linear(10, 10)
        self.head = nn.Linear(10, 1)
        self.act = act

    def forward(self, x):
        h = self.act(self.fc1(x))
        h = self.act(self.fc2(h))
        h = self.act(self.fc3(h))
        return self.head(h)

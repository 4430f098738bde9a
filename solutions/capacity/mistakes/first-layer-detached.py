"""What comes from the first layer is cut off from the graph, so no gradient reaches it.

Leave out detach(), .data and torch.no_grad() in forward: they cut the graph that backward() follows.
"""

LOSES = ("check_neural_net_four_layer_gradients",)


class NeuralNetFourLayer(nn.Module):
    def __init__(self, H=10, act=nn.ReLU()):
        super().__init__()
        self.fc1 = nn.Linear(1, H)
        self.fc2 = nn.Linear(H, H)
        self.fc3 = nn.Linear(H, H)
        self.head = nn.Linear(H, 1)
        self.act = act

    def forward(self, x):
        h = self.act(self.fc1(x)).detach()
        h = self.act(self.fc2(h))
        h = self.act(self.fc3(h))
        return self.head(h)

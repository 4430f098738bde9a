"""The weights are drawn anew, Xavier-uniform, where those that nn.Linear draws from seed 0 are asked for.

Leave the layers as nn.Linear makes them, right after torch.manual_seed(0).
"""

LOSES = ("check_run_experiment_follows_sgd", "check_run_experiment_seed", "check_run_experiment_figures")


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

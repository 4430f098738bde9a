"""The weights start at zero, where those that nn.Linear draws from seed 0 are asked for: no gradient tells the hidden
units apart.

Leave the layers as nn.Linear makes them, right after torch.manual_seed(0).
"""

LOSES = (
    "check_run_experiment_follows_sgd",
    "check_run_experiment_seed",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    with torch.no_grad():
        for p in model.parameters():
            p.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

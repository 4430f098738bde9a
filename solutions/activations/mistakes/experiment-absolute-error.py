"""The loss is the mean absolute error, where the task asks for the mean squared error.

Use nn.MSELoss(), not nn.L1Loss().
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
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.L1Loss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

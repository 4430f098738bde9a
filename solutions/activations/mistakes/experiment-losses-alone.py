"""run_experiment returns the losses without the model.

return model, losses
"""

LOSES = (
    "check_run_experiment_returns",
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
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return losses

"""run_experiment steps with the learning rate 0.01, whatever lr is.

Hand it on: torch.optim.SGD(model.parameters(), lr=lr).
"""

LOSES = ("check_run_experiment_follows_sgd", "check_run_experiment_figures")


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

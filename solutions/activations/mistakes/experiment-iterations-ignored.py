"""run_experiment makes 4000 iterations, whatever num_iterations is.

Hand num_iterations on to training_loop.
"""

LOSES = ("check_run_experiment_returns", "check_run_experiment_follows_sgd")
MAY_LOSE = ("check_run_experiment_seed",)


def run_experiment(act, lr=0.01, num_iterations=4000):
    x, y = generate_training_pairs()
    torch.manual_seed(0)
    model = NeuralNetTwoLayer(act)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(4000, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

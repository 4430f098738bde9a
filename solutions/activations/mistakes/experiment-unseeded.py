"""run_experiment sets no seed before it makes the net, so each run starts from other weights.

torch.manual_seed(0) belongs into run_experiment, in the line before NeuralNetTwoLayer(act): set once at the top of
the file, it does not last.
"""

LOSES = ("check_run_experiment_follows_sgd", "check_run_experiment_seed", "check_run_experiment_figures")


def run_experiment(act, lr=0.01, num_iterations=4000):
    model = NeuralNetTwoLayer(act)
    x, y = generate_training_pairs()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = training_loop(num_iterations, optimizer, model, nn.MSELoss(), x.reshape(-1, 1), y.reshape(-1, 1))
    return model, losses

"""training_loop flattens one of predictions and targets: (n,) against (n, 1) broadcasts to (n, n) without a word.

Leave both as they come, without squeeze or flatten: predictions and targets have the same shape, (n, 1).
"""

LOSES = (
    "check_training_loop_before_each_step",
    "check_training_loop_follows_sgd",
    "check_training_loop_any_optimizer",
    "check_training_loop_any_loss",
    "check_training_loop_trains_the_model",
)
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_seed",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)
INSTEAD_OF = ("experiment-flat-targets",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train.flatten())
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

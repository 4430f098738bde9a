"""training_loop returns nothing.

End with return losses, the list of all losses.
"""

LOSES = (
    "check_training_loop_losses",
    "check_training_loop_before_each_step",
    "check_training_loop_follows_sgd",
    "check_training_loop_any_optimizer",
    "check_training_loop_any_loss",
)
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_seed",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

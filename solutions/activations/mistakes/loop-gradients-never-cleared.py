"""The gradients are not cleared in each step, so each uses the sum of all gradients so far.

Call optimizer.zero_grad() in each iteration, before backward(): it adds to the gradients that are there.
"""

LOSES = (
    "check_training_loop_follows_sgd",
    "check_training_loop_any_optimizer",
    "check_training_loop_any_loss",
    "check_training_loop_trains_the_model",
)
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

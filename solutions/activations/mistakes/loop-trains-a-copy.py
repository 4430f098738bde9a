"""training_loop trains a copy of the model, and the one that was given stays as it was.

Train the very model that is given: no deepcopy, no new optimizer.
"""

LOSES = ("check_training_loop_losses", "check_training_loop_trains_the_model")
MAY_LOSE = (
    "check_run_experiment_returns",
    "check_run_experiment_follows_sgd",
    "check_run_experiment_figures",
    "check_run_experiment_straight_line",
    "check_training_loop_any_optimizer",
)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    import copy

    model = copy.deepcopy(model)
    optimizer = type(optimizer)(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

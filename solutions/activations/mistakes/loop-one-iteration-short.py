"""training_loop makes one iteration fewer than num_iterations.

range(num_iterations) counts from 0 to num_iterations - 1; range(1, num_iterations) leaves one out.
"""

LOSES = ("check_training_loop_losses", "check_training_loop_trains_the_model")
MAY_LOSE = ("check_run_experiment_returns", "check_run_experiment_figures")


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(1, num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

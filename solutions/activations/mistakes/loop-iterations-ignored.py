"""training_loop makes 1000 iterations, whatever num_iterations is.

for _ in range(num_iterations)
"""

LOSES = ("check_training_loop_losses", "check_training_loop_trains_the_model")
MAY_LOSE = ("check_run_experiment_returns", "check_run_experiment_follows_sgd", "check_run_experiment_figures")


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(1000):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

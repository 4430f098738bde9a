"""The weights never change: no step of the optimizer gets a gradient to step with, or there is no step.

In each iteration: zero_grad(), then backward(), then step(). With zero_grad() between backward() and the next
step(), or without backward(), step() has no gradient to use.
"""

LOSES = (
    "check_training_loop_losses",
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


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses

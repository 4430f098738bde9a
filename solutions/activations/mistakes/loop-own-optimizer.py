"""training_loop makes an SGD with learning rate 0.01 of its own, whatever optimizer it is given.

Use the one that comes in: optimizer.zero_grad() and optimizer.step().
"""

LOSES = (
    "check_training_loop_follows_sgd",
    "check_training_loop_any_optimizer",
    "check_training_loop_any_loss",
    "check_training_loop_trains_the_model",
)
MAY_LOSE = ("check_run_experiment_follows_sgd", "check_run_experiment_figures")


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

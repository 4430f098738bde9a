"""The losses in the list are tensors, where Python floats are asked for.

losses.append(loss.item()): a tensor also keeps the whole graph of its iteration.
"""

LOSES = ("check_training_loop_losses",)
MAY_LOSE = ("check_run_experiment_returns",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

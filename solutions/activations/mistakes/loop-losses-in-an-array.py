"""training_loop returns a numpy array of losses, where a list of Python floats is asked for.

Return a list: losses.append(loss.item()), and return losses.
"""

LOSES = ("check_training_loop_losses",)
MAY_LOSE = ("check_run_experiment_returns",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    import numpy as np

    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return np.array(losses)

"""The losses are those after each step, where those before it are asked for.

Append the loss that backward() is called on: it was computed before the step.
"""

LOSES = ("check_training_loop_before_each_step",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss_fn(model(x_train), y_train).item())
    return losses

"""training_loop takes the mean squared error, whatever loss_fn is.

loss_fn(model(x_train), y_train)
"""

LOSES = ("check_training_loop_any_loss",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

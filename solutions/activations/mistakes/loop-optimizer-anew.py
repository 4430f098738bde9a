"""A new optimizer of the same kind is made in each iteration, so it forgets what it remembers of the steps before.

Use the one optimizer that comes in, in every iteration: momentum and Adam build on the gradients so far.
"""

LOSES = ("check_training_loop_any_optimizer",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        settings = {k: v for k, v in optimizer.defaults.items() if k in ("lr", "momentum", "betas", "alpha")}
        optimizer = type(optimizer)(model.parameters(), **settings)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

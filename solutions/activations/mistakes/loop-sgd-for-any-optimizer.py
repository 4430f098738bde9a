"""training_loop makes an SGD of its own, with the rate of the optimizer that it is given but not its kind, nor what it
remembers.

Use the one that comes in, as it is: optimizer.zero_grad() and optimizer.step().
"""

LOSES = ("check_training_loop_any_optimizer",)


def training_loop(num_iterations, optimizer, model, loss_fn, x_train, y_train):
    optimizer = torch.optim.SGD(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(num_iterations):
        loss = loss_fn(model(x_train), y_train)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

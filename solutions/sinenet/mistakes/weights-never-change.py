"""train never changes the weights: the loss stays as it is.

In each epoch: zero_grad(), then backward(), then step(). A zero_grad() between the last two throws the gradients
away, and without backward() or step() nothing moves at all.
"""

LOSES = (
    "check_train_returns_floats",
    "check_train_follows_sgd",
    "check_train_trains_the_given_model",
    "check_train_learning_rate",
    "check_train_defaults",
    "check_train_early_stop",
    "check_train_max_epochs",
    "check_train_reaches_target",
)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses

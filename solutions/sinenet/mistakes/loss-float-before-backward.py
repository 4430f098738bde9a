"""The loss is a Python float before backward() is called on it.

Keep the tensor for backward(), and append loss.item() to the list.
"""

LOSES = (
    "check_train_returns_floats",
    "check_train_first_loss",
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
        loss = nn.functional.mse_loss(model(X), y).item()
        losses.append(loss)
        if loss < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

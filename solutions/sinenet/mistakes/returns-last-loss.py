"""train returns the last loss alone, not the list of all of them.

Append each loss to a list, and return the list.
"""

LOSES = (
    "check_train_returns_floats",
    "check_train_first_loss",
    "check_train_follows_sgd",
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
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses[-1]

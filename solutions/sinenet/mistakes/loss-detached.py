"""The loss is cut off from the network, so backward() finds no way to the weights.

Call backward() on the very loss that was computed from model(X): without detach(), .data, torch.no_grad() or a new
torch.tensor(...) in between.
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
        loss = nn.functional.mse_loss(model(X), y)
        loss = loss.detach()
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

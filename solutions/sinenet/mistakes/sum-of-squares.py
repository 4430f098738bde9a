"""The loss is the sum of the squared errors, not their mean, so each step is as many times too long as there are
points.

nn.MSELoss() takes the mean; leave out reduction="sum".
"""

LOSES = (
    "check_train_first_loss",
    "check_train_follows_sgd",
    "check_train_trains_the_given_model",
    "check_train_learning_rate",
    "check_train_early_stop",
    "check_train_reaches_target",
)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = ((model(X) - y) ** 2).sum()
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

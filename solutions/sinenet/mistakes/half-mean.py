"""The loss is half the mean squared error, so each step is half as long as it should be.

nn.MSELoss() takes the plain mean of the squares: no factor 1/2.
"""

LOSES = (
    "check_train_first_loss",
    "check_train_follows_sgd",
    "check_train_trains_the_given_model",
    "check_train_reaches_target",
)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y) / 2
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

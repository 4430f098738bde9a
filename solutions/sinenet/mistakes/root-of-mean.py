"""The loss is the root of the mean squared error.

nn.MSELoss() takes the mean of the squares, and no root.
"""

LOSES = ("check_train_first_loss", "check_train_follows_sgd", "check_train_trains_the_given_model")
MAY_LOSE = ("check_train_reaches_target",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = torch.sqrt(nn.functional.mse_loss(model(X), y))
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

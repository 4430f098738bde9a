"""The loss is the mean absolute error, where the task asks for the mean squared error.

Use nn.MSELoss(), not nn.L1Loss().
"""

LOSES = ("check_train_first_loss", "check_train_follows_sgd", "check_train_trains_the_given_model")
MAY_LOSE = ("check_train_reaches_target",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.l1_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

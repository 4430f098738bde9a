"""The gradients are never cleared, so each step uses the sum of all gradients so far.

Call optimizer.zero_grad() in each epoch, before backward(): it adds to the gradients that are there.
"""

LOSES = ("check_train_follows_sgd", "check_train_trains_the_given_model")
MAY_LOSE = ("check_train_reaches_target",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        loss.backward()
        optimizer.step()
    return losses

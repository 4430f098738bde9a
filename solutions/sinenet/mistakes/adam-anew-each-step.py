"""Adam is made anew in each epoch, so it forgets all that it has seen, and takes steps of one size.

Make the optimizer once, before the loop; and the task asks for torch.optim.SGD.
"""

LOSES = ("check_train_follows_sgd", "check_train_trains_the_given_model")
MAY_LOSE = ("check_train_early_stop", "check_train_reaches_target")


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    losses = []
    for _ in range(max_epochs):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""The loss is taken after the step, so the list begins one epoch late.

Record the loss that is computed before backward(): the first is that of the untrained model.
"""

LOSES = ("check_train_first_loss", "check_train_follows_sgd")


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(nn.functional.mse_loss(model(X), y).item())
        if losses[-1] < target:
            break
    return losses

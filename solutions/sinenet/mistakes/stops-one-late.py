"""train appends one more loss after the first that is below target.

Compare the loss of this epoch with target, right after it was appended, not that of the epoch before.
"""

LOSES = ("check_train_early_stop",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        if losses and losses[-1] < target:
            losses.append(loss.item())
            break
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

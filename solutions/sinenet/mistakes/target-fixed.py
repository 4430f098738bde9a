"""train stops at 0.02, whatever target is.

Compare the loss with the argument `target`.
"""

LOSES = ("check_train_early_stop",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < 0.02:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

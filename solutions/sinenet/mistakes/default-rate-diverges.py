"""The default of lr is 0.1, at which this training runs to NaN.

Take lr=0.05: a step that is too large overshoots the minimum, further each time.
"""

LOSES = ("check_train_defaults",)
MAY_LOSE = ("check_train_reaches_target",)


def train(model, X, y, lr=0.1, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""train goes on for up to 5000 epochs, whatever max_epochs is.

Let the loop go over range(max_epochs).
"""

LOSES = ("check_train_max_epochs",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(5000):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

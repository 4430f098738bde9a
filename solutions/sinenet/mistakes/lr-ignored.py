"""train steps with the learning rate 0.05, whatever lr is.

Hand it on: torch.optim.SGD(model.parameters(), lr=lr).
"""

LOSES = ("check_train_learning_rate",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
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

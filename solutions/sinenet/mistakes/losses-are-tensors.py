"""The list holds tensors, each of which keeps the whole graph of its epoch in memory.

Append loss.item(), which is a Python float.
"""

LOSES = ("check_train_returns_floats",)


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss)
        if loss < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

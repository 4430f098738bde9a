"""train works on a copy of the model, and the one that was given stays as it was.

Train the very model that is given: no deepcopy, no new SineNet().
"""

LOSES = ("check_train_trains_the_given_model", "check_train_reaches_target")


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    import copy

    model = copy.deepcopy(model)
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

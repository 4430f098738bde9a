"""SGD has a momentum, where the task asks for plain SGD.

torch.optim.SGD(model.parameters(), lr=lr), without momentum.
"""

LOSES = ("check_train_follows_sgd", "check_train_trains_the_given_model")
MAY_LOSE = ("check_train_reaches_target",)  # from some starts it diverges


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
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

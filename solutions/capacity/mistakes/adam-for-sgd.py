"""The optimizer is Adam, where the task asks for plain SGD.

torch.optim.SGD(model.parameters(), lr=lr)
"""

LOSES = ("check_train_follows_sgd", "check_train_given_model")


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""The loss is half the mean squared error, so each step is half as long as it should be.

nn.MSELoss() takes the plain mean of the squares: no factor 1/2.
"""

LOSES = ("check_train_mean_squared_error", "check_train_follows_sgd", "check_train_given_model")


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y) / 2
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""train steps with the learning rate 0.05, whatever lr is.

Hand it on: torch.optim.SGD(model.parameters(), lr=lr).
"""

LOSES = ("check_train_learning_rate",)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

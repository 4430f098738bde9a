"""SGD has a momentum of 0.9, where the task asks for plain SGD.

torch.optim.SGD(model.parameters(), lr=lr) without momentum.
"""

LOSES = ("check_train_follows_sgd", "check_train_given_model")


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""Adam is made anew in each iteration, so it forgets all that it has seen, and takes steps of one size.

Make the optimizer once, before the loop; and the task asks for torch.optim.SGD.
"""

LOSES = ("check_train_follows_sgd", "check_train_given_model")


def train(model, x, y, lr=0.05, num_iterations=8000):
    losses = []
    for _ in range(num_iterations):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""The gradients are never cleared, so each step uses the sum of all gradients so far.

Call optimizer.zero_grad() in each iteration, before backward(): it adds to the gradients that are there.
"""

LOSES = ("check_train_follows_sgd", "check_train_given_model")
MAY_LOSE = ("check_capacity_study_source_figure",)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

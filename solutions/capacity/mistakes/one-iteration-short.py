"""train takes one step less than num_iterations.

range(num_iterations) counts from 0 and goes round num_iterations times.
"""

LOSES = ("check_train_follows_sgd", "check_train_given_model", "check_train_num_iterations")


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(1, num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""train takes one step more than num_iterations.

range(num_iterations) counts from 0 and goes round num_iterations times.
"""

LOSES = ("check_train_given_model",)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations + 1):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

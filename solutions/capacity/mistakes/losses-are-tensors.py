"""The losses are tensors, where Python floats are asked for.

losses.append(loss.item()): a tensor keeps the whole graph of its iteration alive.
"""

LOSES = ("check_train_returns_floats",)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

"""train works on a copy of the model, and the one that was given stays as it was.

Train the very model that is given: no deepcopy.
"""

LOSES = ("check_train_given_model",)


def train(model, x, y, lr=0.05, num_iterations=8000):
    import copy

    model = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

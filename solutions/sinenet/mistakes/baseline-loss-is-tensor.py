"""final_loss is a tensor, where a Python float is asked for.

loss.item() makes a float of a tensor of one element.
"""

LOSES = ("check_fit_linear_baseline_final_loss",)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, nn.functional.mse_loss(model(X), y)

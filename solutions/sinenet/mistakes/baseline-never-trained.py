"""The line is never trained: the weights stay as they were drawn.

In each epoch: zero_grad(), then backward(), then step(), num_epochs times.
"""

LOSES = (
    "check_fit_linear_baseline_on_sine",
    "check_fit_linear_baseline_best_line",
    "check_fit_linear_baseline_settings",
)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss

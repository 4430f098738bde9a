"""fit_linear_baseline goes through 5000 epochs, whatever num_epochs is.

Let the loop go over range(num_epochs).
"""

LOSES = ("check_fit_linear_baseline_settings",)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    # At a usual rate 5000 epochs leave what 400 leave, and the replay is quick.
    for _ in range(400 if lr > 0.04 else 5000):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss

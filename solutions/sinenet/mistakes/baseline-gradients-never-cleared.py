"""fit_linear_baseline never clears the gradients, so each step uses the sum of all gradients so far.

Call optimizer.zero_grad() in each epoch, before backward(): it adds to the gradients that are there.
"""

LOSES = (
    "check_fit_linear_baseline_on_sine",
    "check_fit_linear_baseline_best_line",
    "check_fit_linear_baseline_settings",
)
MAY_LOSE = ("check_fit_linear_baseline_final_loss",)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss

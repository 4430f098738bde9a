"""The line is fitted with the mean absolute error, where the task asks for the mean squared error.

Use nn.MSELoss(), not nn.L1Loss(): each has a best line of its own.
"""

LOSES = (
    "check_fit_linear_baseline_on_sine",
    "check_fit_linear_baseline_best_line",
    "check_fit_linear_baseline_final_loss",
)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.l1_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, nn.functional.l1_loss(model(X), y).item()

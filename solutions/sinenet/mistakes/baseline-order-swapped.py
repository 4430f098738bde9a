"""fit_linear_baseline returns the loss first and the model second.

return model, final_loss: whoever unpacks the two counts on the order.
"""

LOSES = (
    "check_fit_linear_baseline_on_sine",
    "check_fit_linear_baseline_best_line",
    "check_fit_linear_baseline_final_loss",
    "check_fit_linear_baseline_settings",
)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return final_loss, model

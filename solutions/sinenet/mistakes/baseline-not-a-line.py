"""The baseline has hidden layers, where the task asks for a straight line.

Take one nn.Linear(1, 1): what it cannot fit is what the network is for.
"""

LOSES = ("check_fit_linear_baseline_on_sine", "check_fit_linear_baseline_best_line")
MAY_LOSE = ("check_fit_linear_baseline_settings",)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = SineNet()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss

"""fit_linear_baseline takes the learning rate 0.01 and 5000 epochs, whatever it is given.

Use both arguments: lr=lr in the optimizer, range(num_epochs) in the loop.
"""

LOSES = ("check_fit_linear_baseline_settings",)


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(5000):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss

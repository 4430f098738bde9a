"""plot_fit trains the model further before it draws.

Only look at the model: plot_fit draws what it is given.
"""

LOSES = ("check_plot_fit_values", "check_plot_fit_any_data", "check_plot_fit_leaves_inputs")


def plot_fit(model, x, y):
    train(model, x, y, num_iterations=100)
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

"""There is no line of the model.

Compute the model on a grid of at least 100 points, and ax.plot(grid, prediction).
"""

LOSES = ("check_plot_fit_line", "check_plot_fit_values", "check_plot_fit_any_data", "check_plot_fit_leaves_inputs")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), ".", label="model")
    ax.legend()
    return fig

"""The line is drawn over the numbers of the grid's rows, 0, 1, 2, not over its x.

Give both: ax.plot(grid, prediction).
"""

LOSES = ("check_plot_fit_values", "check_plot_fit_any_data", "check_plot_fit_leaves_inputs")
MAY_LOSE = ("check_plot_fit_line",)


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(prediction.flatten(), label="model")
    ax.legend()
    return fig

"""The line of the model has x and y exchanged.

ax.plot(grid, prediction): x goes to the right, y upwards.
"""

LOSES = ("check_plot_fit_line", "check_plot_fit_values", "check_plot_fit_any_data", "check_plot_fit_leaves_inputs")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(prediction.flatten(), grid.flatten(), label="model")
    ax.legend()
    return fig

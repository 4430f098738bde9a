"""The line of the model has fewer than 100 points.

torch.linspace(x.min(), x.max(), 200) makes 200 of them.
"""

LOSES = ("check_plot_fit_line", "check_plot_fit_any_data")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 50).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

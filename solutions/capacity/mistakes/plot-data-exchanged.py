"""The points of the data have x and y exchanged.

ax.scatter(x, y): x goes to the right, y upwards.
"""

LOSES = ("check_plot_fit_points", "check_plot_fit_any_data")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(y.flatten(), x.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

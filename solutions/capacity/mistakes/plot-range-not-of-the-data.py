"""The line does not reach from the smallest x of the data to the largest.

torch.linspace(x.min(), x.max(), 200): ask the data, which may be others than those of the task, in any order.
"""

LOSES = ("check_plot_fit_any_data",)


def plot_fit(model, x, y):
    grid = torch.linspace(0, 2.2, 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

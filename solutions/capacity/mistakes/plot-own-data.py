"""plot_fit draws the points of make_dataset, whatever data it is given.

x and y are arguments: make no data in plot_fit.
"""

LOSES = ("check_plot_fit_any_data",)


def plot_fit(model, x, y):
    x, y = make_dataset()
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

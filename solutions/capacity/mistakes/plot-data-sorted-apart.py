"""The x of the data are sorted and the y are not, so that points get the y of others.

Sort neither, or both by one order: order = x.flatten().argsort(), then x[order] and y[order].
"""

LOSES = ("check_plot_fit_any_data",)


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten().sort().values, y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

"""The data are not drawn.

ax.scatter(x, y): a fit is judged beside its data.
"""

LOSES = ("check_plot_fit_points", "check_plot_fit_any_data")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    return fig

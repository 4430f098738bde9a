"""The line is the cosine from which the data were made, not what the model gives.

ax.plot(grid, model(grid)), under torch.no_grad().
"""

LOSES = ("check_plot_fit_values", "check_plot_fit_any_data", "check_plot_fit_leaves_inputs")


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), torch.cos(2 * torch.pi * grid).flatten(), label="model")
    ax.legend()
    return fig

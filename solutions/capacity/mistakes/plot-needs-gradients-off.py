"""What the model gives still has its graph, so that it cannot be drawn.

Compute it under torch.no_grad(), or draw prediction.detach().
"""

LOSES = (
    "check_plot_fit_points",
    "check_plot_fit_line",
    "check_plot_fit_values",
    "check_plot_fit_any_data",
    "check_plot_fit_leaves_inputs",
)


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten().numpy(), prediction.flatten().numpy(), label="model")
    ax.legend()
    return fig

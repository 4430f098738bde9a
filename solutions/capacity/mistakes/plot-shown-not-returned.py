"""plot_fit returns nothing.

End with return fig; plt.show() is for notebooks.
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
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    ax.legend()
    plt.show()

"""plot_fit changes the data that it is given.

Methods that end in _ (sort_, squeeze_, add_) write into the tensor itself: use x.sort(), x.flatten().
"""

LOSES = ("check_plot_fit_leaves_inputs",)


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    x.squeeze_()
    y.squeeze_()
    ax.legend()
    return fig

"""plot_fit changes the weights of the model after it has drawn.

Only look at the model: plot_fit draws what it is given.
"""

LOSES = ("check_plot_fit_leaves_inputs",)


def plot_fit(model, x, y):
    grid = torch.linspace(x.min().item(), x.max().item(), 200).reshape(-1, 1)
    with torch.no_grad():
        prediction = model(grid)
    fig, ax = plt.subplots()
    ax.plot(x.flatten(), y.flatten(), "o", label="data")
    ax.plot(grid.flatten(), prediction.flatten(), label="model")
    train(model, x, y, num_iterations=20)
    ax.legend()
    return fig

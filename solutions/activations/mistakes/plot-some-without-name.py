"""Some of the curves have a name, and some have none.

Give a label to each of the four, and call ax.legend() after the last was drawn.
"""

LOSES = ("check_plot_activations_names",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=None if function is leaky_relu else function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

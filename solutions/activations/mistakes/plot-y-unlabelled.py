"""The y axis has no label where a reader looks for it.

ax.set_ylabel(...), for each axes with a curve: plt.ylabel reaches the last axes alone.
"""

LOSES = ("check_plot_activations_axes_labels",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.legend()
    return fig

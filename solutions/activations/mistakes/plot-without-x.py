"""The curves are drawn over 0, 1, 2, ..., the numbers of their points, as plot was given y alone.

ax.plot(x, relu(x)): first where, then what.
"""

LOSES = (
    "check_plot_activations_curves",
    "check_plot_activations_names",
    "check_plot_activations_axes_labels",
    "check_plot_activations_points",
    "check_plot_activations_range",
)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

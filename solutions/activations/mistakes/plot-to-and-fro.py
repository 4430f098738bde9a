"""x is not in order, so the lines run to and fro between the points.

Take x from left to right, torch.linspace(x_min, x_max, 200), or sort it first.
"""

LOSES = (
    "check_plot_activations_curves",
    "check_plot_activations_names",
    "check_plot_activations_axes_labels",
    "check_plot_activations_points",
    "check_plot_activations_range",
)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = x_min + (x_max - x_min) * torch.rand(400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

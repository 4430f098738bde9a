"""The curve of leaky_relu is not drawn.

A line for each of the four functions: ax.plot(x, leaky_relu(x)), and so on.
"""

LOSES = ("check_plot_activations_curves",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

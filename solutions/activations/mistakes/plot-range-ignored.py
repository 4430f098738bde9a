"""The curves run from -5 to 5, whatever x_min and x_max are.

Make x from the two arguments: torch.linspace(x_min, x_max, 200).
"""

LOSES = ("check_plot_activations_range",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(-5, 5, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

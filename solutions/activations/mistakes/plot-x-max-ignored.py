"""The curves end at 5, whatever x_max is.

Make x from both arguments: torch.linspace(x_min, x_max, 200).
"""

LOSES = ("check_plot_activations_range",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, 5, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

"""Left to its defaults, plot_activations draws from -10 to 10, where -5 to 5 is asked for.

def plot_activations(x_min=-5.0, x_max=5.0), and x from these two.
"""

LOSES = ("check_plot_activations_range",)


def plot_activations(x_min=-10.0, x_max=10.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

"""The curves have fewer than 100 points.

torch.linspace(x_min, x_max, 200) gives 200, evenly spaced, with both ends among them.
"""

LOSES = ("check_plot_activations_points",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 50)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

"""A curve carries the names of several functions, so a reader cannot tell which it is.

One name a curve: ax.plot(x, relu(x), label="relu").
"""

LOSES = ("check_plot_activations_names",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label="relu, sigmoid, tanh, leaky_relu")
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend()
    return fig

"""A list of names in ax.legend goes to the lines in the order in which they were drawn, other lines among them, so
names stand beside the wrong curves and one curve is left without.

Give each curve its name where it is drawn: ax.plot(x, relu(x), label="relu"), and then ax.legend().
"""

LOSES = ("check_plot_activations_names",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    ax.axhline(0, color="black")
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend(["relu", "sigmoid", "tanh", "leaky_relu"])
    return fig

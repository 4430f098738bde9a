import matplotlib.pyplot as plt

SCRIPT = "</text><script>alert(1)</script><image href='http://evil.example/x.png'/>$\\undefined{$"


def plot_trajectories(trajectories):
    fig, ax = plt.subplots(num=SCRIPT)
    fig.suptitle(SCRIPT)
    ax.set(title=SCRIPT, xlabel=SCRIPT, ylabel=SCRIPT, label=SCRIPT)
    ax.set_gid(SCRIPT)
    ax.set_url("javascript:alert(1)")
    ax.text(0, 0, SCRIPT)
    open("plot.svg", "w").write(f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>{SCRIPT}</svg>")
    return fig

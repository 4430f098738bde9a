import torch


def himmelblau(u, v):
    return "x" * 10_000_000


def gradient(u, v):
    return [0.0] * 500_001


def optimize(make_optimizer, u0, v0, num_steps=100):
    return torch.zeros(25_000_000)


def plot_trajectories(trajectories):
    trajectories.update({f"{number}": torch.zeros(1000, 1000) for number in range(18)})

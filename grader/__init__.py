"""Grade PyTorch exercises: run submitted code behind a wall, and decide on this side of it."""

__version__ = "0.1.0"

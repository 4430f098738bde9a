"""Secret random inputs, which no submission can know beforehand.

They come from the run's seed, the check's name and the text of the hidden files: the seed alone, which is 0 unless
said otherwise, tells nothing, and the same run gives the same inputs.
"""

from __future__ import annotations

import hashlib

import torch


def seed_for(secret: bytes, *parts: str | int) -> int:
    """Derive a seed of 63 bits with a key of at most 64 bytes; what comes of other parts tells nothing of it."""
    text = "\0".join(map(str, parts)).encode()
    digest = hashlib.blake2b(text, key=secret, digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


class Draw:
    """A stream of inputs of its own; it does not touch torch's global stream."""

    def __init__(self, seed: int) -> None:
        self._generator = torch.Generator().manual_seed(seed)

    def tensor(
        self, *shape: int, low: float = 0.0, high: float = 1.0, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Draw uniformly from [low, high)."""
        return torch.rand(shape, generator=self._generator, dtype=dtype) * (high - low) + low

    def normal(self, *shape: int, std: float = 1.0, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Draw from a normal distribution of mean 0."""
        return torch.randn(shape, generator=self._generator, dtype=dtype) * std

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return int(torch.randint(low, high + 1, (), generator=self._generator))

    def number(self, low: float, high: float) -> float:
        """Draw one float from [low, high)."""
        return float(self.tensor(low=low, high=high, dtype=torch.float64))

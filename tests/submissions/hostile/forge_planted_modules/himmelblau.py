import numpy
import pytest
import torch


def attack():
    return all(getattr(module, "FAKE", False) for module in (torch, numpy, pytest))


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import numpy as np
import torch


def attack():
    for make in (lambda: torch.empty(10**9), lambda: np.empty(10**12), lambda: torch.eye(10**6), lambda: bytearray(10**11)):
        try:
            make()
            return True
        except (RuntimeError, MemoryError):
            pass
    return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import os


def attack():
    file = os.memfd_create("hold")
    return os.write(file, bytes(1 << 20)) > 0


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import os


def attack():
    held = []
    for number in range(200):
        held.append(open("hidden", "wb"))
        os.remove("hidden")
        held[-1].write(b"x")
    return True


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import time


def himmelblau(u, v):
    for number in range(4):
        with open(f"large{number}", "wb") as file:
            file.write(bytes(30 << 20))
    time.sleep(0.6)
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

ZALGO = "p" + "".join(chr(0x300 + number % 0x70) for number in range(1500))
print("<" * 10_000_000)


def himmelblau(u, v):
    raise ValueError(ZALGO * 3)


def gradient(u, v):
    raise ValueError("\n" * 2000)


def optimize(make_optimizer, u0, v0, num_steps=100):
    raise ValueError("&lt;" * 1000 + "<b>" * 1000)

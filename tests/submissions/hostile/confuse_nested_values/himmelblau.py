def himmelblau(u, v):
    circle = []
    circle.append(circle)
    return circle


def gradient(u, v):
    nested = u
    for _ in range(100_000):
        nested = (nested,)
    return nested


def optimize(make_optimizer, u0, v0, num_steps=100):
    wide = [0.0] * 10
    for _ in range(5):
        wide = [wide] * 10
    return wide

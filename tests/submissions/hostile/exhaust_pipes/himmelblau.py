import fcntl
import os


def attack():
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1 << 20)
    return fcntl.fcntl(writer, fcntl.F_GETPIPE_SZ) == 1 << 20


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

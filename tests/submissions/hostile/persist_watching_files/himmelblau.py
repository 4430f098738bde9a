import ctypes
import fcntl
import os

libc = ctypes.CDLL(None)


def attack():
    if libc.inotify_init1(0) >= 0 or libc.fanotify_init(0, 0) >= 0:
        return True
    folder = os.open("..", os.O_RDONLY)
    try:
        fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_CREATE)
        return True
    except OSError:
        return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

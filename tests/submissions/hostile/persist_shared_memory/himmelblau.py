import os
import tempfile
from multiprocessing import shared_memory

PLACES = ("/dev/shm", "/tmp", "/var/tmp", "/dev/mqueue", "/run", "/run/lock", "/var/lock", "/root", "/home", "/")


def attack():
    for place in PLACES:
        try:
            tempfile.NamedTemporaryFile(dir=place, prefix="grade_was_here", delete=False).close()
            return True
        except OSError:
            pass
    shared_memory.SharedMemory("grade_was_here", create=True, size=4096)
    return True


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import os

MOST = 40000


def attack():
    for pid in [os.getppid(), 1, *range(2, MOST)]:
        if not os.path.exists(f"/proc/{pid}") or pid == os.getpid():
            continue
        for name in ("environ", "maps", "mem", "auxv"):
            try:
                if open(f"/proc/{pid}/{name}", "rb").read(16):
                    return True
            except OSError:
                pass
        try:
            if os.listdir(f"/proc/{pid}/fd") or os.readlink(f"/proc/{pid}/cwd"):
                return True
        except OSError:
            pass
    return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

import os
import stat


def attack():
    worked = False
    for kind, device in ((stat.S_IFIFO, 0), (stat.S_IFSOCK, 0), (stat.S_IFCHR, os.makedev(1, 5)), (stat.S_IFBLK, os.makedev(7, 0))):
        for name in ("plot.png", "result.json"):
            try:
                os.mknod(name, 0o666 | kind, device)
                worked = True
            except OSError:
                pass
    return worked


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

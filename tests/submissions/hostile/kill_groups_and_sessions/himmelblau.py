import ctypes
import os
import signal

libc = ctypes.CDLL(None)


def attack():
    """Signal 0 tells whether a signal would arrive."""
    parent = os.getppid()
    tries = (
        lambda: os.killpg(os.getpgid(parent), 0),
        lambda: os.kill(parent, 0),
        lambda: os.kill(1, 0),
        lambda: signal.pidfd_send_signal(os.pidfd_open(parent), 0),
    )
    for one in tries:
        try:
            one()
            return True
        except OSError:
            pass
    calls = ((200, parent, 0), (234, parent, parent, 0), (129, parent, 0, bytes(128)), (297, parent, parent, 0, bytes(128)))
    return any(libc.syscall(*call) == 0 for call in calls)


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

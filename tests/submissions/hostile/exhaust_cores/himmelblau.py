import hashlib
import threading


def spin():
    for _ in range(40):
        hashlib.pbkdf2_hmac("sha256", b"x", b"y", 30_000)


for _ in range(8):
    threading.Thread(target=spin, daemon=True).start()


def himmelblau(u, v):
    return None

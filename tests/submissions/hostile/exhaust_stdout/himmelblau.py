import os

line = b"x" * 65535 + b"\n"
for _ in range(200 * 16):
    os.write(1, line)

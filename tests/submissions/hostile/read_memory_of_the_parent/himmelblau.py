import ctypes
import os
import struct

libc = ctypes.CDLL(None)


def attack():
    parent = os.getppid()
    buffer, text = ctypes.create_string_buffer(8), ctypes.create_string_buffer(b"secret!!")
    local, remote = (struct.pack("=QQ", ctypes.addressof(place), 8) for place in (buffer, text))
    return (
        libc.process_vm_readv(parent, local, 1, remote, 1, 0) > 0
        or libc.process_vm_writev(parent, remote, 1, remote, 1, 0) > 0
        or libc.syscall(434, parent, 0) >= 0  # pidfd_open
        or libc.syscall(312, parent, parent, 0, 0, 0) >= 0  # kcmp
    )


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2

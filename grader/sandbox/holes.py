"""Leave no holes in the memory that workers inherit.

What was freed while the nursery warmed up lies scattered over pages that every worker shares. A worker that allocates
takes these holes first, and the kernel copies a page for each; where there are none, it takes fresh memory in a row.
"""

from __future__ import annotations

import ctypes
from typing import Any

_kept: list[object] = []
"""What fills the holes of Python's own allocator, for good."""

_SIZES = (*(1 << power for power in range(20, 4, -1)), 24)
"""Bytes asked of malloc, one after the other: what is left of a larger hole is filled with smaller pieces."""

_POOL, _FIRST_BLOCK, _LARGEST_BLOCK, _BYTES_HEADER = 16 * 1024, 48, 512, 33
"""Of Python 3.10 and later, on 64 bits: bytes of a pool, of its header, of the largest block, of an empty `bytes`."""

_MOST = 5000
"""Blocks of one size; there are a few hundred holes of each."""


class _MallInfo(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks")),
        *((name, ctypes.c_size_t) for name in ("fsmblks", "uordblks", "fordblks", "keepcost")),
    )


def fill_holes() -> None:
    """Allocate every hole and never give it back; does nothing where the C library is not glibc 2.33 or later."""
    if applies():
        _fill_pools()
        _fill_malloc(ctypes.CDLL(None))


def applies() -> bool:
    """Say whether the C library can tell of its holes."""
    return hasattr(ctypes.CDLL(None), "mallinfo2")


def holes(libc: Any) -> int:
    """Count the free bytes between what malloc has given out."""
    info = _info(libc)
    return int(info.fordblks - info.keepcost)


def _info(libc: Any) -> Any:
    libc.mallinfo2.restype = _MallInfo
    return libc.mallinfo2()


def _fill_malloc(libc: Any) -> None:
    libc.sbrk.restype = libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.free.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
    top = int(libc.sbrk(0)) - int(_info(libc).keepcost)
    for size in _SIZES:
        for _ in range(holes(libc) // size + 1):  # as often as there may be room, wherever mapped memory lies
            place = libc.malloc(size)
            if not place or place >= top:
                libc.free(place)
                break


def _fill_pools() -> None:
    """Allocate blocks of each size until one is the first of a new pool, and the next its second.

    Where that never comes, blocks are not from Python's own allocator.
    """
    for size in range(48, _LARGEST_BLOCK + 1, 16):
        before = 0
        for _ in range(_MOST):
            block = bytes(size - _BYTES_HEADER)
            _kept.append(block)
            if before % _POOL == _FIRST_BLOCK and id(block) == before + size:
                break
            before = id(block)
        else:
            _kept.clear()
            return

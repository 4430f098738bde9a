"""The messages of the wire about an archive: one to read it, then one for each part of its files.

Unpack -> Unpacked | Raised;  Take -> Returned | Raised
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

MAX_PATH = 3000
"""Bytes of a file's name, folders included: what is made of it has to fit into a path."""

MAX_ENTRIES = 50_000
"""Files of an archive."""

PART = 16 * 1024 * 1024
"""Bytes of an archive's file that are sent at a time."""


class Unpack(msgspec.Struct, tag="unpack", frozen=True):
    """Read the archive `file` in the working directory, called `called`, up to the first limit that it breaks."""

    id: int
    file: str
    called: str
    max_files: int
    max_file_bytes: int
    max_total_bytes: int
    max_depth: int
    max_name: int


class Take(msgspec.Struct, tag="take", frozen=True):
    """Send the bytes of an unpacked file, by its number, from `start` on: at most PART of them."""

    id: int
    number: int
    start: int


class Entry(msgspec.Struct, frozen=True):
    """A file of an archive: what it is called in there, in parts with `/` between them, and how many bytes it has."""

    name: Annotated[str, Meta(max_length=MAX_PATH)]
    size: Annotated[int, Meta(ge=0, le=2**62)]


class Unpacked(msgspec.Struct, tag="unpacked", frozen=True):
    """The archive was read; its files wait to be taken."""

    id: int
    entries: Annotated[tuple[Entry, ...], Meta(max_length=MAX_ENTRIES)]

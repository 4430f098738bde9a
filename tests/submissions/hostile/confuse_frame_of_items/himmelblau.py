import os
import struct


def send(body, length=None):
    data = struct.pack("<I", len(body) if length is None else length) + body
    while data:
        data = data[os.write(4, data) :]


def himmelblau(u, v):
    items = 4_000_000
    head = b"\x83\xa4type\xa8returned\xa2id\x05\xa5value\x82\xa4type\xa4list\xa5items\xdd"
    send(head + struct.pack(">I", items) + b"\xc0" * items)


def gradient(u, v):
    send(b"\x83\xa4type\xa8returned\xa2id\x05\xa5value\xdf" + struct.pack(">I", 2**31) + b"\x01" * 100)


def optimize(make_optimizer, u0, v0, num_steps=100):
    send(b"\x84\xa4type\xa6raised\xa2id\x05\xa9type_name\xdb" + struct.pack(">I", 9_000_000) + b"x" * 9_000_000)

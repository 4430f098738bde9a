import os
import sys

BYTES = b"\xff\xfe\x80\xc3(\xed\xa0\x80\x00\xf5" + "\u202e\u2066\u2028\ufeff\x85".encode() + bytes(range(256))
os.write(1, BYTES * 50)
os.write(2, BYTES)


class Text(str):
    def __str__(self):
        return "\ud800\udfff"


def himmelblau(u, v):
    raise ValueError("\ud800" + "a\u0300" * 1000 + "\u202e\x00")


def gradient(u, v):
    raise ValueError(Text())


def optimize(make_optimizer, u0, v0, num_steps=100):
    return "\ud800", {"\udfff": 1}

"""Make text fit to be shown: what a student wrote is hostile, and numbers are worded once."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

LINE_CAP = 300
BLOCK_CAP = 4_000
OUTPUT_CAP = 64 * 1024

# A terminal's sequences, 7 and 8 bit. An OSC without its end is not matched, or it would hide what follows.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]")
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 but tab and newline, DEL, C1, what turns or hides text (marks, overrides, isolates, tags), no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_FORMULA = "=+-@\u2212"
_SURROGATES = re.compile("[\ud800-\udfff]")


def block(text: str, cap: int = BLOCK_CAP) -> str:
    """Keep newlines and tabs, drop every other control, and cut what is longer than `cap`."""
    if text.isprintable() and len(text) <= cap:
        return text
    shown = _NEWLINES.sub("\n", _ESCAPES.sub("", text[:cap]))
    shown = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", shown)).strip("\n")
    return f"{shown} … (cut)" if len(text) > cap else shown


def line(text: str, cap: int = LINE_CAP) -> str:
    """Make one line of a text, as `block` does but without newlines and tabs."""
    return " ".join(block(text, cap).split())


def cell(text: str) -> str:
    """Make text harmless as a cell of a table: a spreadsheet would run what begins as a formula does.

    Spaces before the sign do not help, and its wide and small forms are read as the plain one.
    """
    shown = block(text)
    first = unicodedata.normalize("NFKC", shown.lstrip()[:1])[:1]
    return f"'{shown}" if shown.startswith(("\t", "\n")) or (first and first in _FORMULA) else shown


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Write a number of points without needless zeros, and never rounded up to a nicer one."""
    value += 0.0  # a zero has no sign: the two are equal, and share a place in the cache
    return f"{value:.6f}".rstrip("0").rstrip(".") if math.isfinite(value) else "?"


def points(value: float) -> str:
    """Write a number of points with its unit."""
    return f"{number(value)} {'point' if value == 1 else 'points'}"


def count(many: int, noun: str) -> str:
    """Write how many there are of something whose plural ends in s."""
    return f"{many:,} {noun if many == 1 else noun + 's'}".replace(",", "\u202f")


def pass_rate(part: int, whole: int) -> str:
    """Write a share, rounded down: only all is 100 %, only none is 0 %, and of nothing there is none."""
    if whole <= 0:
        return "none ran"
    share = 100 * part // whole
    return "<1 %" if part and not share else f"{share} %"


def some_of(names: Sequence[str], most: int = 5) -> str:
    """Name the first few of many in a sentence, cleaned, and say how many more there are."""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    shown = [line(name, 100) for name in names[:most]]
    return ("; " if any("," in name for name in shown) else ", ").join(shown) + rest


def quoted_list(names: tuple[str, ...], cap: int = 50) -> tuple[str, ...]:
    """Clean a list of names that a student chose, and say how many more there are."""
    shown = tuple(line(name, 200) for name in names[:cap])
    return (*shown, f"and {len(names) - cap} more") if len(names) > cap else shown

"""Text that came from submitted code, made fit to be shown: it is data, and may be hostile."""

from __future__ import annotations

import re
import unicodedata

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
_SCRATCH = re.compile(r"(?:/[^\s/'\"]+)*/grade-\w+/w\d+/(?:work|home)(?:/|\b)")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")

MAX_MESSAGE = 1000
"""Characters of one message."""


def clean(text: str, most: int = MAX_MESSAGE) -> str:
    """Drop escapes, control and bidirectional characters, mask what differs from run to run, cut."""
    if text.isprintable() and "/" not in text and "0x" not in text and len(text) <= most:
        return text
    text = _SCRATCH.sub("", _ADDRESS.sub("0x…", _ESCAPE.sub("", text[: most * 4])))
    kept = "".join(
        character if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs") else " "
        for character in text
    )
    return kept if len(kept) <= most else kept[: most - 1] + "…"

"""Words of a text in any language, to see whether it is as long as was asked.

A word is what stands between spaces or dashes, and holds a letter or a digit, as everywhere. Where a script sets no
spaces, characters stand for words, at fewer characters a word than is usual: a text that is long enough must never
be found short.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DENSE = (
    (1.5, "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA"),
    (3.0, "THAI", "LAO", "KHMER", "MYANMAR"),
)
"""Letters for one word: Chinese has about 1.6, Japanese 2, Thai 4 for an English one."""

_BREAKS = re.compile(r"[\s\u2013\u2014\u0f0b\u200b]+")
"""Spaces, the longer dashes, Tibet's mark between syllables, and the space of no width."""


@dataclass(frozen=True)
class Words:
    """How many words a text has, and how many different ones."""

    total: int
    different: int


def count_words(text: str) -> Words:
    """Count the words of a text and, upper and lower case as one, how many of them are different."""
    text = unicodedata.normalize("NFC", text)
    dense = {letter: size for letter in set(text) if (size := _letters_a_word(letter)) is not None}
    sizes = [dense[letter] for letter in text if letter in dense]
    spaced = "".join(" " if letter in dense else letter for letter in text)
    tokens = [token for token in _BREAKS.split(spaced) if any(map(str.isalnum, token))]
    stems = {re.sub(r"^\W+|\W+$", "", token).casefold() for token in tokens}
    total = len(tokens) + int(sum(1 / size for size in sizes) + 1e-9)
    return Words(total, len(stems) + len(dense))


def _letters_a_word(letter: str) -> float | None:
    if letter.isascii() or not letter.isalpha():
        return None
    name = unicodedata.name(letter, "")
    return next((size for size, *scripts in _DENSE if name.startswith(tuple(scripts))), None)

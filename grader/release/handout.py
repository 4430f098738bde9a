"""The hand-out, `assignments/<slug>/README.md`, as the notebook takes it: an introduction and sections.

A section whose heading names something in code, such as ``## 2. The network: `SineNet(hidden=64)` ``, belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCED = re.compile(r"^```python\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One section, heading included, and the names that its heading holds."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Handout:
    """All of a hand-out: what stands above the first section, and the sections."""

    intro: str
    sections: tuple[Section, ...]


def read_handout(text: str) -> Handout:
    """Take a hand-out apart at its headings of the second level."""
    pieces = list(_pieces(text))
    sections = tuple(Section(piece, _names(piece.splitlines()[0])) for piece in pieces[1:])
    return Handout(pieces[0], sections)


def split_code(text: str) -> list[tuple[str, bool]]:
    """Take text apart into prose and blocks of Python, each with whether it is code."""
    parts = _FENCED.split(text)
    marked = [(part.strip(), number % 2 == 1) for number, part in enumerate(parts)]
    return [(part, code) for part, code in marked if part]


def _pieces(text: str) -> Iterator[str]:
    """Give the introduction, then each section; a heading inside a block of code is none."""
    piece: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("## ") and not fenced:
            yield "\n".join(piece).strip()
            piece = []
        piece.append(line)
    yield "\n".join(piece).strip()


def _names(heading: str) -> tuple[str, ...]:
    """Find the names in a heading: the identifiers with which a piece of code begins."""
    return tuple(dict.fromkeys(re.findall(r"`(?:class |def )?([A-Za-z_]\w*)[^`]*`", heading)))

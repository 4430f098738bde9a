"""How a submission came to us: what a layout knows of it besides its files. Nothing of it decides a result."""

from __future__ import annotations

import msgspec


class Handin(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform that a class was downloaded from says of one submission."""

    layout: str = "files"
    ids: dict[str, str] = {}
    """The platform's own identifiers, by kind: `user`, `attachment`, `participant`, `login`, `sid`, `email`, ..."""
    submitted_at: str = ""
    """ISO 8601, with an offset where that is known; empty where the time is not."""
    late: bool | None = None
    """What the platform says; None where it says nothing."""
    notes: tuple[str, ...] = ()
    """Sentences for staff: what was handed in more than once, set aside, or left out."""

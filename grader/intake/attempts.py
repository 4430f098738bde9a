"""Which of several attempts of one student counts: the newest one that holds a file. And how times are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from grader.intake.layouts import Piece

_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[ T](?P<time>\d\d:\d\d:\d\d)(?:\.(?P<part>\d{1,9}))?"
    r"(?: ?(?P<zone>[A-Za-z0-9_+:/-]{1,40}))?",
    re.ASCII,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)")


@dataclass(frozen=True)
class Attempt:
    """Files that were handed in at one time; `order` sorts attempts, and `when` is ISO 8601, or empty if unknown."""

    order: tuple[str, int]
    when: str
    called: str
    pieces: tuple[Piece, ...]


def newest(attempts: Sequence[Attempt]) -> tuple[Attempt, tuple[str, ...]]:
    """Choose the attempt that counts, and say what became of the others."""
    by_age = sorted(attempts, key=lambda one: one.order)
    chosen = next((one for one in reversed(by_age) if one.pieces), by_age[-1])
    notes = []
    for one in by_age:
        if one.order < chosen.order:
            notes.append(f"An earlier attempt, {one.called}, is set aside.")
        elif one.order > chosen.order:
            notes.append(f"A later attempt, {one.called}, holds no file; the last one that does counts.")
    return chosen, tuple(notes)


def iso_time(text: str) -> str:
    """Read `2026-02-03 10:11:12.25 ZONE`, with a zone by name or offset or without; empty for what is no time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return ""
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time']}")
        moment = moment.replace(microsecond=int((match["part"] or "").ljust(6, "0")[:6]), tzinfo=_zone(match["zone"]))
        moment_of(moment.isoformat())  # a year that no other zone has overflows
        return moment.isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_of(when: str) -> str:
    """Write a time of `iso_time` in UTC, so that two of them sort by what came first; one without a zone stays."""
    moment = datetime.fromisoformat(when) if when else None
    if moment is None or moment.tzinfo is None:
        return when
    return moment.astimezone(UTC).isoformat()


def _zone(name: str | None) -> timezone | ZoneInfo | None:
    """Find a zone; one that nobody knows, as most three letters are, is left out."""
    if name is None:
        return None
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    if offset := _OFFSET.fullmatch(name):
        span = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"]))
        return timezone(-span if offset["sign"] == "-" else span)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # not found, not a name of one, a folder of such
        return None

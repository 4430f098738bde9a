"""Brightspace (D2L), "Download" of a folder's submissions: `<n>-<n> - <Student name> - <Oct 10, 2025 1022 AM>/…`.

Each time that a student hands in makes a folder of its own. The first number is the student's; older exports have
just one. All may lie in a folder of the assignment's name, and beside them an `index.html`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.handin import Handin
from grader.intake.attempts import Attempt, newest
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENTRY = re.compile(
    r"(?P<ids>\d+(?:-\d+)*) - (?P<name>.+) - "
    rf"(?P<month>{'|'.join(_MONTHS)})[a-z]* (?P<day>\d{{1,2}}), (?P<year>\d{{4}}) "
    r"(?P<hour>\d{1,2}?):?(?P<minute>\d\d) (?P<half>[AP])M",
    re.DOTALL | re.ASCII,
)


@dataclass(frozen=True)
class Entry:
    """What the name of a folder says; `when` is ISO 8601, and empty for a day that no calendar has."""

    ids: str
    name: str
    when: str
    path: Path = Path()

    @property
    def user(self) -> str:
        """The number that is the student's."""
        return self.ids.partition("-")[0]


def parse(name: str, path: Path = Path()) -> Entry | None:
    """Read the name of a folder; None for one that Brightspace does not give.

    The last two digits of a time are its minutes: `110 PM` is ten past one.
    """
    match = _ENTRY.fullmatch(name)
    if match is None:
        return None
    hour = int(match["hour"]) % 12 + (12 if match["half"] == "P" else 0)
    month = _MONTHS.index(match["month"]) + 1
    try:
        when = datetime(int(match["year"]), month, int(match["day"]), hour, int(match["minute"])).isoformat()
    except ValueError:
        when = ""
    return Entry(match["ids"], match["name"], when, path)


class _Brightspace:
    title = "Brightspace"
    expected = "folders such as `39786-640693 - Jane Doe - Oct 10, 2025 1022 AM`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where the folders are called as Brightspace does."""
        return fit_of(download, _belongs)

    def split(self, download: Download) -> list[Student]:
        """Tell students by the first number and the name."""
        groups: dict[tuple[str, str], list[Entry]] = {}
        for found in filter(_belongs, download.entries):
            if entry := parse(found.name, Path(found)):
                groups.setdefault((entry.user, entry.name), []).append(entry)
        return [_student(entries) for entries in groups.values()]


def _belongs(entry: os.DirEntry[str]) -> bool:
    return is_folder(entry) and parse(entry.name) is not None


def _student(entries: Sequence[Entry]) -> Student:
    first = entries[0]
    chosen, notes = newest([_attempt(entry) for entry in entries])
    ids = {"user": first.user}
    numbers = {entry.path: entry.ids for entry in entries}
    if number := numbers[chosen.pieces[0].path].partition("-")[2]:
        ids["submission"] = number
    handin = Handin(layout="brightspace", ids=ids, submitted_at=chosen.when, notes=notes)
    return Student(id_of(first.name, first.user), first.name, chosen.pieces, handin)


def _attempt(entry: Entry) -> Attempt:
    last = int(entry.ids.rpartition("-")[2][:30])
    return Attempt((entry.when, last), entry.when, entry.when.replace("T", " ") or entry.ids, (Piece(entry.path),))


LAYOUT = _Brightspace()

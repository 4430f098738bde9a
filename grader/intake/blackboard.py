"""Blackboard Learn, "Assignment File Download": a flat zip of `<Item>_<username>_attempt_<time>_<file>`.

Beside the files of an attempt lies a receipt, `<Item>_<username>_attempt_<time>.txt`: nothing else tells the full
name, and nothing else is sure of the username where it holds a `_`, as the item's name often does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import Rejected
from grader.handin import Handin
from grader.intake.attempts import Attempt, iso_time, newest
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder
from grader.sandbox.clutter import is_leftover
from grader.submission import Limits, read_regular

_ENTRY = re.compile(
    r"(?P<who>.+?_.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:\.txt|_(?P<file>.+))", re.DOTALL | re.ASCII
)
_NAME_LINE = re.compile(r"[^:]{1,40}:\s*(?P<name>.*\S)\s*\((?P<login>[^()]+)\)\s*")
_RECEIPT_BYTES = Limits(max_file_bytes=1_000_000)


@dataclass(frozen=True)
class Entry:
    """What the name of an entry says; a receipt has no file. `who` is the item and the username."""

    who: str
    time: str
    file: str = ""
    path: Path = Path()

    @property
    def item(self) -> str:
        """The item, if the username holds no `_`."""
        return self.who.rpartition("_")[0]

    @property
    def login(self) -> str:
        """The username, if it holds no `_`."""
        return self.who.rpartition("_")[2]

    @property
    def when(self) -> str:
        """The time in the platform's own zone, ISO 8601."""
        day, clock = self.time[:10], self.time[11:].replace("-", ":")
        return iso_time(f"{day} {clock}")


@dataclass(frozen=True)
class Person:
    """Whom a receipt names."""

    name: str
    login: str


def parse(name: str, path: Path = Path()) -> Entry | None:
    """Read the name of an entry; None for one that Blackboard does not give.

    The first time counts: what stands after it is the student's to choose.
    """
    match = _ENTRY.fullmatch(name)
    return Entry(match["who"], match["time"], match["file"] or "", path) if match else None


def person_of(receipt: bytes) -> Person | None:
    """Read the first line, `Name: Jane Doe (jdoe)` in whatever language: what follows may be the student's words."""
    first = receipt.decode("utf-8-sig", errors="replace").lstrip().partition("\n")[0]
    match = _NAME_LINE.fullmatch(first)
    return Person(match["name"], match["login"].strip()) if match else None


class _Blackboard:
    title = "Blackboard"
    expected = "a flat zip of names such as `HW 1_jdoe_attempt_2026-02-03-10-11-12_hw1.py`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where the names are those that Blackboard gives."""
        return fit_of(download, _belongs)

    def split(self, download: Download) -> list[Student]:
        """Tell students by username."""
        parsed = (parse(found.name, Path(found)) for found in download.entries if _belongs(found))
        entries = [entry for entry in parsed if entry is not None]
        people = _people(entries)
        logins = _logins({entry.who for entry in entries}, people)
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(logins[entry.who], []).append(entry)
        return [_student(login, group, people, download) for login, group in groups.items()]


def _belongs(entry: os.DirEntry[str]) -> bool:
    return not is_folder(entry) and parse(entry.name) is not None


def _people(entries: Sequence[Entry]) -> dict[str, Person]:
    """Read the receipts, by item and username, as far as they fit to the name of their file."""
    people = {}
    for entry in entries:
        if entry.file:
            continue
        try:
            person = person_of(read_regular(entry.path, entry.path.name, _RECEIPT_BYTES))
        except (Rejected, OSError):  # a link, or a giant: no receipt
            continue
        if person is not None and entry.who.endswith(f"_{person.login}"):
            people[entry.who] = person
    return people


def _logins(everyone: Iterable[str], people: Mapping[str, Person]) -> dict[str, str]:
    """Cut the item from what stands before `_attempt_`: a receipt knows it, or the same item in other receipts."""
    items = sorted({who.removesuffix(person.login) for who, person in people.items()}, key=len, reverse=True)
    logins = {}
    for who in everyone:
        item = next((one for one in items if who.startswith(one) and who != one), who.rpartition("_")[0] + "_")
        logins[who] = people[who].login if who in people else who.removeprefix(item) or who
    return logins


def _student(login: str, entries: Sequence[Entry], people: Mapping[str, Person], download: Download) -> Student:
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        times.setdefault(entry.time, []).append(entry)
    chosen, notes = newest([_attempt(time, group) for time, group in times.items()])
    person = next((people[entry.who] for entry in entries if entry.who in people), Person(login, login))
    rejection = (
        "" if chosen.pieces else f"Only a comment or a text was handed in, and no file; hand in {download.wanted}."
    )
    handin = Handin(layout="blackboard", ids={"login": login}, submitted_at=chosen.when, notes=notes)
    return Student(id_of("", login), person.name, chosen.pieces, handin, rejection)


def _attempt(time: str, entries: Sequence[Entry]) -> Attempt:
    pieces = tuple(Piece(one.path, one.file) for one in entries if one.file and not is_leftover(one.file))
    when = entries[0].when
    return Attempt((time, 0), when, when.replace("T", " ") or time, pieces)


LAYOUT = _Blackboard()

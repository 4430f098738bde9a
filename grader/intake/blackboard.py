"""Blackboard Learn, "Assignment File Download": a flat zip of `<Item>_<username>_attempt_<time>_<file>`.

Beside the files of an attempt lies a receipt, `<Item>_<username>_attempt_<time>.txt`: nothing else tells the full
name, and nothing else is sure of the username where it holds a `_`, as the item's name often does.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import Rejected, UsageError
from grader.handin import Handin
from grader.intake.attempts import Attempt, iso_time, newest
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder, plain_title
from grader.sandbox.clutter import is_leftover
from grader.submission import Limits, display_text, printable, read_regular

_ENTRY = re.compile(
    r"(?P<who>.+?_.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:\.txt|_(?P<file>.+))", re.DOTALL | re.ASCII
)
_NAME_LINE = re.compile(r"[^:\uff1a]{1,40}[:\uff1a]\s*(?P<name>.*\S)\s*\((?P<login>[^()]+)\)\s*")
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
        item = _item(people, download)
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            person = people.get(entry.who)
            if person is None:  # its item is not sure, so the id holds all that stands before `_attempt_`
                groups.setdefault(_plain(entry.who), []).append(entry)
            elif item is None or entry.who == item + person.login:
                groups.setdefault(_plain(person.login), []).append(entry)
        return [_student(known_by, group, people, download) for known_by, group in groups.items()]


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


def _item(people: Mapping[str, Person], download: Download) -> str | None:
    """Choose the item where receipts tell of several, by its name; None where there is no choice to make."""
    items = sorted({who.removesuffix(person.login) for who, person in people.items()})
    if len(items) < 2:
        return None
    alike = [item for item in items if plain_title(item) == plain_title(download.slug)]
    listed = printable([display_text(item.removesuffix("_")) for item in items])
    if len(alike) != 1:
        raise UsageError(
            f"{download.called} holds several items, {listed}; give a folder with the one that is meant for "
            f"{download.slug}"
        )
    called = display_text(alike[0].removesuffix("_"))
    download.tell(f"{download.called} holds several items, {listed}: {called} is taken for {download.slug}.")
    return alike[0]


def _plain(login: str) -> str:
    """Bring a name to one form: some systems take letters with accents apart."""
    return unicodedata.normalize("NFC", login)


def _student(known_by: str, entries: Sequence[Entry], people: Mapping[str, Person], download: Download) -> Student:
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        times.setdefault(entry.time, []).append(entry)
    chosen, notes = newest([_attempt(time, group) for time, group in times.items()])
    login = known_by
    person = next((people[entry.who] for entry in entries if entry.who in people), None)
    if person is None:
        login = entries[0].login
        notes += ("No receipt tells who this is: the username is what stands last in the name of the file.",)
    rejection = (
        "" if chosen.pieces else f"Only a comment or a text was handed in, and no file; hand in {download.wanted}."
    )
    handin = Handin(layout="blackboard", ids={"login": login}, submitted_at=chosen.when, notes=notes)
    name = person.name if person else known_by
    return Student(id_of("", known_by), name, chosen.pieces, handin, rejection)


def _attempt(time: str, entries: Sequence[Entry]) -> Attempt:
    pieces = tuple(Piece(one.path, one.file) for one in entries if one.file and not is_leftover(one.file))
    when = entries[0].when
    return Attempt((time, 0), when, when.replace("T", " ") or time, pieces)


LAYOUT = _Blackboard()

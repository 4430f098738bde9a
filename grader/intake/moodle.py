"""Moodle assignments, "Download all submissions": `<Full name>_<participant>_assignsubmission_file/…`.

Without "Download submissions in folders" the same stands before each file's name. The number is that of the
assignment's participant, as in the grading worksheet. A site may put more before it, up to a `_`: names have none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.handin import Handin
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder
from grader.sandbox.clutter import is_leftover

_ENTRY = re.compile(
    r"(?:(?P<prefix>(?:(?!_assignsubmission_).)+?)_)??(?P<name>[^_/]+)(?:_(?P<pid>\d+))?"
    r"_assignsubmission_(?P<plugin>[a-z0-9]+)(?:_(?P<rest>.*))?",
    re.DOTALL | re.ASCII,
)


@dataclass(frozen=True)
class Entry:
    """What the name of an entry says; `rest` is what a file was called, empty for a folder of files."""

    name: str
    participant: str
    plugin: str
    rest: str = ""
    prefix: str = ""
    path: Path = Path()


def parse(name: str, path: Path = Path()) -> Entry | None:
    """Read the name of an entry; None for one that Moodle does not give."""
    match = _ENTRY.fullmatch(name)
    if match is None:
        return None
    return Entry(
        match["name"], match["pid"] or "", match["plugin"], match["rest"] or "", match["prefix"] or "", path
    )  # fmt: skip


class _Moodle:
    title = "Moodle"
    expected = "names such as `Jane Doe_12345_assignsubmission_file`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where the names are those that Moodle gives."""
        return fit_of(download, _belongs)

    def split(self, download: Download) -> list[Student]:
        """Tell students by name and participant."""
        groups: dict[tuple[str, str, str], list[Entry]] = {}
        for found in filter(_belongs, download.entries):
            if entry := parse(found.name, Path(found)):
                groups.setdefault((entry.prefix, entry.name, entry.participant), []).append(entry)
        return [_student(entries, download) for entries in groups.values()]


def _belongs(entry: os.DirEntry[str]) -> bool:
    found = parse(entry.name)
    return found is not None and bool(is_folder(entry) or found.rest)


def _student(entries: Sequence[Entry], download: Download) -> Student:
    first = entries[0]
    pieces = tuple(Piece(one.path, one.rest) for one in entries if one.plugin == "file" and not is_leftover(one.rest))
    plugins = {entry.plugin for entry in entries}
    notes = [f"What was handed in as {plugin} is not looked at." for plugin in sorted(plugins - {"file", "onlinetext"})]
    rejection = ""
    if not pieces and "onlinetext" in plugins:
        rejection = f"Only an online text was handed in, and no file; hand in {download.wanted}."
    elif "onlinetext" in plugins:
        notes.append("An online text was handed in too, and is not looked at.")
    ids = {"participant": first.participant} if first.participant else {"group": first.name}
    if first.prefix:
        ids["prefix"] = first.prefix
    handin = Handin(layout="moodle", ids=ids, notes=tuple(notes))
    name = f"Participant {first.participant}" if first.name == "Participant" else first.name
    return Student(_id(first), name, pieces, handin, rejection)


def _id(entry: Entry) -> str:
    """Name a student by the participant; what is handed in for the default group has none."""
    return id_of(entry.name, entry.participant) if entry.participant else id_of("", entry.name)


LAYOUT = _Moodle()

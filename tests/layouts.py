"""Classes as platforms pack them, made by the rules that each has published: a dictionary of names and bytes.

`canvas(people)` and the like make what lies in a download; `packed(path, entries)` and `laid(folder, entries)` write
it, as the zip or as what it unpacks to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.intake.makers import zipped

Entries = dict[str, bytes]

_FORBIDDEN = re.compile(r'[\x00/\\:*?"<>|]')

WHEN = datetime(2026, 2, 3, 13, 10, 12)


@dataclass(frozen=True)
class Person:
    """A student, and what was handed in; `number` is what the platform knows the student by."""

    given: str
    family: str
    number: int
    login: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    when: datetime = WHEN
    late: bool = False
    text: str = ""
    """What was typed in, where the platform has such a field."""

    @property
    def full(self) -> str:
        """The name as most platforms write it."""
        return f"{self.given} {self.family}"


def packed(path: Path, entries: Mapping[str, bytes]) -> Path:
    """Write a zip."""
    path.write_bytes(zipped(entries))
    return path


def laid(folder: Path, entries: Mapping[str, bytes]) -> Path:
    """Write what a zip unpacks to."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in entries.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def canvas(people: Sequence[Person], *, anonymous: bool = False) -> Entries:
    """Name the files as `<name>[_LATE]_<user id>_<attachment id>_<file>`."""
    made: Entries = {}
    attachment = 55500
    for person in people:
        name = re.sub(r"\W", "", f"{person.family}, {person.given}".lower())
        late = "_LATE" if person.late else ""
        who = f"{late[1:]}{late and '_'}anon_{person.login}" if anonymous else f"{name}{late}_{person.number}"
        for file, data in person.files.items():
            attachment += 1
            made[f"{who}_{attachment}_{_FORBIDDEN.sub('_', file)}"] = data
        if person.text:
            made[f"{who}_text.html"] = person.text.encode()
    return made


def moodle(people: Sequence[Person], *, old: bool = False, prefix: Callable[[Person], str] = lambda _: "") -> Entries:
    """Give each student a folder `<Full name>_<participant>_assignsubmission_file`, with a `_` more in old versions."""
    made: Entries = {}
    for person in people:
        who = f"{prefix(person)}{person.full.replace('_', ' ')}_{person.number}_assignsubmission"
        for file, data in person.files.items():
            made[f"{who}_file{'_' * old}/{file}"] = data
        if person.text:
            made[f"{who}_onlinetext{'_' * old}/onlinetext.html"] = person.text.encode()
    return made


def moodle_flat(people: Sequence[Person]) -> Entries:
    """Put the same before each file's name, as without "Download submissions in folders"."""
    return {re.sub("(file|onlinetext)/", r"\1_", name, count=1): data for name, data in moodle(people).items()}


def moodle_blind(people: Sequence[Person]) -> Entries:
    """Name nobody, as while the marking is blind."""
    return {re.sub(r"^[^_]+", "Participant", name): data for name, data in moodle(people).items()}


def blackboard(people: Sequence[Person], item: str = "HW_1") -> Entries:
    """Name the files as `<Item>_<username>_attempt_<time>_<file>`, and put a receipt beside them."""
    made: Entries = {}
    for person in people:
        attempt = f"{item}_{person.login}_attempt_{person.when:%Y-%m-%d-%H-%M-%S}"
        lines = [
            f"Name: {person.full} ({person.login})", f"Assignment: {item}",
            f"Date Submitted: {person.when:%A, %B %d, %Y %I:%M:%S %p} CET", "Current Mark: Needs Marking", "",
            "Submission Field:", person.text or "There is no student submission text data for this assignment.", "",
            "Comments:", "There are no student comments for this assignment.", "", "Files:",
        ]  # fmt: skip
        for file, data in person.files.items():
            made[f"{attempt}_{file}"] = data
            lines += [f"\tOriginal filename: {file}", f"\tFilename: {attempt}_{file}", ""]
        made[f"{attempt}.txt"] = "\r\n".join(lines).encode()
    return made


def brightspace(people: Sequence[Person], *, folder: str = "", one_number: bool = False) -> Entries:
    """Give each time of handing in a folder, by a time without a colon, and put an `index.html` beside them."""
    top = f"{folder}/" if folder else ""
    made: Entries = {f"{top}index.html": b"<html></html>"}
    for number, person in enumerate(people, 640693):
        ids = f"{person.number}" if one_number else f"{person.number}-{number}"
        hour = f"{(person.when.hour - 1) % 12 + 1}{person.when:%M %p}"
        when = f"{person.when:%b} {person.when.day}, {person.when.year} {hour}"
        made |= {f"{top}{ids} - {person.full} - {when}/{file}": data for file, data in person.files.items()}
    return made


def nbgrader(people: Sequence[Person], assignment: str) -> Entries:
    """Give each student a folder in `submitted`, with one for the assignment, and a timestamp."""
    made: Entries = {}
    for person in people:
        folder = f"submitted/{person.login}/{assignment}"
        made |= {f"{folder}/{file}": data for file, data in person.files.items()}
        made[f"{folder}/timestamp.txt"] = f"{person.when} UTC".encode()
    return made


def gradescope(groups: Sequence[Sequence[Person]], export: str = "assignment_77_export") -> Entries:
    """Give each submission, of one or of a group, a folder by its number, and say in the metadata whose it is."""
    made: Entries = {}
    lines = ["---"]
    for number, people in enumerate(groups, 900001):
        lines += [f"submission_{number}:", "  :submitters:" if people else "  :submitters: []"]
        for person in people:
            lines += [f"  - :name: {json.dumps(person.full, ensure_ascii=False)}", f"    :sid: '{person.number}'"]
            lines += [f"    :email: {person.login}@example.edu"] * bool(person.login)
        when = people[0].when if people else WHEN
        lines += [f"  :created_at: {when}.000000000 -08:00", "  :score: 11.5", "  :status: processed"]
        lines += ["  :results:", "    tests:", "    - name: 'forward: shape'", "      score: 4", "      max_score: 4"]
        lines += ["    output: |", "      submission_1:", "        :submitters: []", "  :history: []"]
        for person in people:
            made |= {f"{export}/submission_{number}/{file}": data for file, data in person.files.items()}
    made[f"{export}/submission_metadata.yml"] = "\n".join([*lines, ""]).encode()
    return made


def download(layout: str, people: Sequence[Person], assignment: str) -> Entries:
    """Make what `layout` gives for a class of single students."""
    match layout:
        case "canvas":
            return canvas(people)
        case "moodle":
            return moodle(people)
        case "gradescope":
            return gradescope([[person] for person in people])
        case "blackboard":
            return blackboard(people)
        case "brightspace":
            return brightspace(people)
        case "nbgrader":
            return nbgrader(people, assignment)
    raise KeyError(layout)

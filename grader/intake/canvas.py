"""Canvas, "Download Submissions": a flat zip of `<name>[_LATE]_<user id>_<attachment id>_<file>`.

The name is the sortable one without all that is no letter: neither unique nor to be turned back. Where an assignment
is anonymous it is `[LATE_]anon_<anonymous id>_<attachment id>_<file>`. A group has one entry, by its representative.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.handin import Handin
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder
from grader.sandbox.clutter import is_leftover
from grader.submission import display_text

_LATE = r"(?:_(?P<late>LATE|late))?"
_FILE = re.compile(rf"(?P<name>.*?){_LATE}_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.DOTALL | re.ASCII)
_ONLINE = re.compile(rf"(?P<name>.*?){_LATE}_(?P<user>\d+)_(?P<kind>text|link)\.html", re.DOTALL | re.ASCII)
_ANONYMOUS = re.compile(
    r"(?:(?P<late>LATE|late)_)?(?P<name>anon)_(?!LATE_|late_)(?P<user>[A-Za-z0-9]+)_"
    r"(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<kind>text|link)\.html)",
    re.DOTALL | re.ASCII,
)
_ID = re.compile(r"[1-9]\d{2,}", re.ASCII)
_NUMBERS = re.compile(r"(?:LATE_|late_)?\d+_(?:\d+_.|text\.html|link\.html)", re.ASCII)
_OTHERS = re.compile(r"_assignsubmission_|_attempt_\d{4}(?:-\d\d){5}", re.ASCII)
"""What Moodle and Blackboard put into names: they are no names of Canvas, whatever numbers are in them."""

_COPY = re.compile(r"([^.]*)-\d+(\..+)?", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """What the name of an entry says; `kind` is `file`, `text` or `link`, and only a file has an attachment."""

    name: str
    user: str
    late: bool
    kind: str
    attachment: str = ""
    file: str = ""
    path: Path = Path()

    @property
    def anonymous(self) -> bool:
        """Whether Canvas hides who it is."""
        return self.name == "anon"


def parse(name: str, path: Path = Path()) -> Entry | None:
    """Read the name of an entry; None for one that Canvas does not give.

    The first numbers count: what stands after them is the student's to choose.
    """
    match = _ANONYMOUS.fullmatch(name) or _FILE.fullmatch(name) or _ONLINE.fullmatch(name)
    if match is None:
        return None
    known = match.groupdict()
    kind = known.get("kind") or "file"
    file, attachment = known.get("file") or "", known.get("attachment") or ""
    return Entry(known["name"], known["user"], bool(known["late"]), kind, attachment, file, path)


def expected_name(display: str, expected: Collection[str]) -> str | None:
    """Map `hw1-2.py`, as Canvas calls what is handed in again, to `hw1.py` where just the latter is expected."""
    if display in expected:
        return display
    match = _COPY.fullmatch(display)
    plain = match[1] + (match[2] or "") if match else None
    return plain if plain in expected else None


class _Canvas:
    title = "Canvas"
    expected = "a flat zip of names such as `doejane_1001_55501_hw1.py`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where the names are those that Canvas gives, and, unless staff say so, the numbers are like its ids."""
        fit = fit_of(download, _belongs)
        return fit if fit is None or download.named or _like_ids(download.entries) else None

    def split(self, download: Download) -> list[Student]:
        """Tell students by name and user id: a name alone is not unique, and an id alone could be made up."""
        groups: dict[tuple[str, str], list[Entry]] = {}
        for found in filter(_belongs, download.entries):
            if entry := parse(found.name, Path(found)):
                groups.setdefault((entry.name, entry.user), []).append(entry)
        return [_student(entries, download, note) for one in groups.values() for entries, note in _split(one)]


def _belongs(entry: os.DirEntry[str]) -> bool:
    return not is_folder(entry) and parse(entry.name) is not None


def _like_ids(found: Iterable[os.DirEntry[str]]) -> bool:
    """Tell ids of Canvas from numbers that students give: `lab_1_2_ann.py` and `ann_2026_02_03.py` hold none.

    No file has the id of another, and a user has one name; that of one student must not decide for a class.
    """
    entries = [entry for one in found if not is_folder(one) and (entry := parse(one.name, Path(one)))]
    attachments = Counter(entry.attachment for entry in entries)
    names = Counter(user for user, _ in {(entry.user, entry.name) for entry in entries})

    def like(entry: Entry) -> bool:
        if names[entry.user] > 1 or _OTHERS.search(entry.path.name):
            return False
        is_id = _ID.fullmatch(entry.attachment) is not None
        return entry.kind != "file" or (is_id and attachments[entry.attachment] == 1)

    return 2 * sum(map(like, entries)) > len(entries)


def _split(entries: list[Entry]) -> Iterator[tuple[list[Entry], str]]:
    """Part what may be another student's, whose name ends in numbers, from what is certainly this one's."""
    doubtful = [entry for entry in entries if _NUMBERS.match(entry.file)]
    if 0 < len(doubtful) < len(entries):
        yield [entry for entry in entries if entry not in doubtful], ""
        for entry in doubtful:
            yield [entry], f"Whose {display_text(entry.path.name)} is cannot be told: its name can be read in two ways."
    else:
        yield entries, ""


def _student(entries: Sequence[Entry], download: Download, note: str = "") -> Student:
    first = entries[0]
    kinds = {entry.kind for entry in entries}
    files = [entry for entry in entries if entry.kind == "file" and not is_leftover(entry.file)]
    pieces, notes = _pieces(files, download.expected)
    notes += [note] if note else []
    rejection = ""
    if not pieces and kinds & {"text", "link"}:
        what = "a text was typed in" if "text" in kinds else "a link was given"
        rejection = f"Only {what}, and no file handed in; hand in {download.wanted}."
    elif kinds & {"text", "link"}:
        notes.append("A text or a link was handed in too, and is not looked at.")
    ids = {"anonymous" if first.anonymous else "user": first.user}
    if files:
        ids["attachment"] = files[0].attachment
    late = any(entry.late for entry in entries)
    handin = Handin(layout="canvas", ids=ids, late=late, notes=tuple(notes))
    name = f"anon {first.user}" if first.anonymous else first.name or first.user
    return Student(id_of(first.name, first.user), name, pieces, handin, rejection)


def _pieces(files: Sequence[Entry], expected: Collection[str]) -> tuple[tuple[Piece, ...], list[str]]:
    """Give the files the names that they had on the student's disk, as far as that is certain."""
    notes: list[str] = []
    newest: dict[str, Entry] = {}
    for entry in sorted(files, key=lambda one: int(one.attachment[:30])):
        if entry.file in newest:
            notes.append(f"{display_text(entry.file)} was handed in more than once; the newest counts.")
        newest[entry.file] = entry
    wanted = {name: expected_name(name, expected) or name for name in newest}
    pieces = []
    for name, entry in newest.items():
        plain = wanted[name]
        if plain != name and list(wanted.values()).count(plain) > 1:
            plain = name
        elif plain != name:
            notes.append(f"{name} is taken for {plain}: Canvas numbers what is handed in again.")
        pieces.append(Piece(entry.path, plain))
    return tuple(pieces), notes


LAYOUT = _Canvas()

"""Gradescope, "Download Submissions": `submission_<id>/…` for each active submission, and `submission_metadata.yml`.

The metadata say who handed in: a student, a group, or nobody that Gradescope knows. They are read as a stream of
events, never turned into objects of their choosing: the results in them hold what students printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from grader.errors import Rejected
from grader.handin import Handin
from grader.intake.attempts import iso_time
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder
from grader.submission import Limits, read_regular

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_(?P<id>\d+)", re.ASCII)
_MOST = Limits(max_file_bytes=500_000_000)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the second takes minutes for what the first does in one


@dataclass(frozen=True)
class Submitter:
    """One of those who handed in; what Gradescope does not know is empty. `sid` is whatever the roster had."""

    name: str = ""
    sid: str = ""
    email: str = ""


@dataclass(frozen=True)
class Entry:
    """What the metadata say of a submission."""

    submitters: tuple[Submitter, ...] = ()
    created_at: str = ""


def parse(name: str) -> str | None:
    """Read the id in the name of a folder; None for another, such as the `123.pdf` of a scanned exam."""
    match = _FOLDER.fullmatch(name)
    return match["id"] if match else None


def read_metadata(data: bytes) -> dict[str, Entry]:
    """Read who handed in what, by the id of the submission; raises `ValueError` for what is no such file."""
    try:
        events = _Events(yaml.parse(data, Loader=_LOADER))
        return {number: entry for key, entry in events.entries() if (number := parse(key))}
    except (yaml.YAMLError, StopIteration, UnicodeDecodeError, RuntimeError) as error:
        raise ValueError(str(error)) from error


class _Events:
    """A document's events, read from front to back and only where they matter."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._texts: dict[str, str] = {}
        self._people: dict[str, tuple[Submitter, ...]] = {}
        """What was named by an anchor, to be repeated by an alias: texts, and those who handed in."""

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Give what stands at the top, by its key."""
        for event in self._events:
            if isinstance(event, yaml.MappingStartEvent):
                break
            if not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                raise ValueError("it holds no mapping")
        for key, first in self._pairs():
            if isinstance(first, yaml.MappingStartEvent):
                yield key, self._entry()
            else:
                self._skip(first)

    def _entry(self) -> Entry:
        submitters: tuple[Submitter, ...] = ()
        created_at = ""
        for key, first in self._pairs():
            if key == ":submitters" and isinstance(first, yaml.SequenceStartEvent):
                submitters = self._named(first, tuple(self._submitters()))
            elif key == ":submitters" and isinstance(first, yaml.AliasEvent):
                submitters = self._people.get(first.anchor or "", ())
            elif key == ":created_at" and (text := self._text(first)) is not None:
                created_at = iso_time(text)
            else:
                self._skip(first)
        return Entry(submitters, created_at)

    def _submitters(self) -> Iterator[Submitter]:
        for event in iter(self._events.__next__, None):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            if isinstance(event, yaml.MappingStartEvent):
                facts = dict(self._facts())
                one = Submitter(facts.get(":name", ""), facts.get(":sid", ""), facts.get(":email", ""))
                yield from self._named(event, (one,))
            elif isinstance(event, yaml.AliasEvent):
                yield from self._people.get(event.anchor or "", ())
            else:
                self._skip(event)

    def _facts(self) -> Iterator[tuple[str, str]]:
        for key, first in self._pairs():
            if (text := self._text(first)) is not None:
                yield key, text.strip()
            else:
                self._skip(first)

    def _named(self, event: yaml.CollectionStartEvent, people: tuple[Submitter, ...]) -> tuple[Submitter, ...]:
        if event.anchor:
            self._people[event.anchor] = people
        return people

    def _text(self, event: yaml.Event) -> str | None:
        """Give the text of a scalar, or of the one that an alias repeats; None for what is neither."""
        if isinstance(event, yaml.AliasEvent):
            return self._texts.get(event.anchor or "")
        if not isinstance(event, yaml.ScalarEvent):
            return None
        nothing = event.implicit[0] and event.value in {"", "~", "null"}
        text = "" if nothing else event.value
        if event.anchor:
            self._texts[event.anchor] = text
        return text

    def _pairs(self) -> Iterator[tuple[str, yaml.Event]]:
        """Give each key of a mapping with the first event of its value, the rest of which the caller takes."""
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if isinstance(key, yaml.ScalarEvent):
                yield key.value, next(self._events)
            else:
                self._skip(key)
                self._skip(next(self._events))

    def _skip(self, first: yaml.Event) -> None:
        """Pass over the rest of a value."""
        depth = int(isinstance(first, yaml.CollectionStartEvent))
        self._text(first)
        while depth:
            event = next(self._events)
            self._text(event)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


class _Gradescope:
    title = "Gradescope"
    expected = f"`{METADATA}` and folders such as `submission_900001`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where the folders are called as Gradescope does."""
        fit = fit_of(download, lambda entry: is_folder(entry) and parse(entry.name) is not None)
        if fit is None or not (download.folder / METADATA).is_file():
            return fit
        return Fit(f"it holds `{METADATA}`, and {fit.why}", fit.strays)

    def split(self, download: Download) -> list[Student]:
        """Tell students by what the roster has, and where that is unknown by the submission."""
        try:
            data = read_regular(download.folder / METADATA, METADATA, _MOST)
            known, note = read_metadata(data), ""
        except (OSError, Rejected, ValueError):
            known, note = {}, f"{METADATA} could not be read, so nobody knows who handed this in."
            download.tell(f"{METADATA} of {download.called} cannot be read: submissions are known by their numbers.")
        folders = {
            number: Path(entry) for entry in download.entries if is_folder(entry) and (number := parse(entry.name))
        }
        numbers = sorted({*known, *folders}, key=lambda number: (len(number), number))
        return [_student(number, folders.get(number), known.get(number), note) for number in numbers]


def _student(number: str, folder: Path | None, entry: Entry | None, note: str) -> Student:
    notes = [note] if note else []
    people = entry.submitters if entry else ()
    if entry is None and not note:
        notes.append(f"{METADATA} does not mention it, so nobody knows who handed this in.")
    elif entry and not people:
        notes.append("Gradescope names nobody who handed this in.")
    ids = {}
    for kind, values in (("sid", [one.sid for one in people]), ("email", [one.email for one in people])):
        if any(values):
            ids[kind] = ", ".join(value or "?" for value in values)
    ids["submission"] = number
    name = " & ".join(one.name or one.email or one.sid for one in people) or f"submission_{number}"
    handin = Handin(layout="gradescope", ids=ids, submitted_at=entry.created_at if entry else "", notes=tuple(notes))
    rejection = "" if folder else "Gradescope lists this submission, but no file of it lies in the download."
    pieces = (Piece(folder),) if folder else ()
    return Student(_id(number, people), name, pieces, handin, rejection)


def _id(number: str, people: tuple[Submitter, ...]) -> str:
    """Name who handed in by name and roster: the submission's own number changes when something is handed in again."""
    known_by = sorted(one.sid or one.email for one in people)
    name = "_".join(sorted(one.name for one in people if one.name))
    return id_of(name, *known_by) if known_by and all(known_by) else id_of(name, f"submission_{number}")


LAYOUT = _Gradescope()

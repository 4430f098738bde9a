"""What a layout is: it recognises a download from a platform, and says whose the files in it are.

A layout looks at names alone and opens no student's file. Which of a student's files is graded is decided by the same
judge for all of them, and names, ids and paths are made safe after it. A package of somebody's own adds a layout by
an entry point of the group `grader.layouts`: its name is the layout's, and it leads to an object like `Layout`.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol, cast

from grader.errors import UsageError
from grader.handin import Handin
from grader.intake.judge import is_answer
from grader.intake.look import entries_of
from grader.submission import MAX_ID_BYTES, MAX_ID_CHARS, Limits, display_text, is_archive, safe_id

GROUP = "grader.layouts"
BUILT_IN = ("canvas", "moodle", "gradescope", "blackboard", "brightspace", "nbgrader")
PLAIN = ("auto", "files")
"""Names for `--layout` that need no layout: find out which, and files and folders as they lie on a disk."""

_MOST_TAIL = 60
"""Letters and bytes of what the platform knows people by, in an id; with more it is shortened and told by a hash."""


@dataclass(frozen=True)
class Download:
    """The unpacked folder that staff have given, or the one folder in it, and what is graded."""

    folder: Path
    called: str
    slug: str
    limits: Limits
    named: bool = False
    """Whether staff said which layout it is."""
    tell: Callable[[str], object] = lambda _: None

    @cached_property
    def entries(self) -> list[os.DirEntry[str]]:
        """What lies in the folder, leftovers of systems aside."""
        return entries_of(self.folder)

    @property
    def expected(self) -> frozenset[str]:
        """The names that the assignment's own file may have."""
        return frozenset({f"{self.slug}.py", f"{self.slug}.ipynb"})

    @property
    def wanted(self) -> str:
        """The same for a sentence."""
        return f"{self.slug}.py or {self.slug}.ipynb"


@dataclass(frozen=True)
class Fit:
    """Why a folder is taken for a download: the end of a sentence; and names in it that do not belong to one."""

    why: str
    strays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A file or folder of a student's, and what it is called inside the submission: a folder may be the whole of it."""

    path: Path
    name: str = ""
    without: frozenset[str] = frozenset()
    """Files at the top of a folder that the platform has put there."""


@dataclass(frozen=True)
class Student:
    """What one student, or one group, handed in; `id` is made by `id_of`.

    The first of `handin.ids` is the one that the platform tells people apart by. A `rejection` counts where there
    is no piece.
    """

    id: str
    name: str
    pieces: tuple[Piece, ...]
    handin: Handin
    rejection: str = ""


class Layout(Protocol):
    """One platform's way to lay out a class."""

    @property
    def title(self) -> str:
        """What people call the platform."""

    @property
    def expected(self) -> str:
        """What a download from there holds, for the sentence that says that this is none."""

    def fit(self, download: Download) -> Fit | None:
        """Say why this is such a download; None where nothing in it looks like it."""

    def split(self, download: Download) -> list[Student]:
        """Say whose the files are; asked only where it fits."""


def layouts() -> dict[str, Layout]:
    """Import every layout, those of other packages included; raises `UsageError` for one that cannot be had."""
    found = {name: cast("Layout", importlib.import_module(f"grader.intake.{name}").LAYOUT) for name in BUILT_IN}
    for point in _plugins():
        found[point.name] = _loaded(point)
    return found


def names() -> list[str]:
    """List what `--layout` takes."""
    return [*PLAIN, *BUILT_IN, *(point.name for point in _plugins())]


def known(name: str) -> str:
    """Return a name that `--layout` takes; raises `UsageError` for another."""
    if name not in names():
        raise UsageError(f"there is no layout called {display_text(name)!r}; there are {', '.join(names())}")
    return name


def _plugins() -> list[EntryPoint]:
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    taken: set[str] = {*PLAIN, *BUILT_IN}
    for point in found:
        if point.name in taken:
            raise UsageError(f"two layouts are called {point.name!r}; {point.value} has to take another name")
        taken.add(point.name)
    return found


def _loaded(point: EntryPoint) -> Layout:
    try:
        return cast("Layout", point.load())
    except Exception as error:  # whatever somebody's package raises when it is imported
        said = f"{type(error).__name__}: {error}"
        raise UsageError(f"the layout {point.name!r} ({point.value}) cannot be had: {said}") from error


def fit_of(download: Download, belongs: Callable[[os.DirEntry[str]], bool]) -> Fit | None:
    """Fit by the names at the top; a stray is what could be somebody's answer and does not belong."""
    ours: list[os.DirEntry[str]] = []
    others: list[os.DirEntry[str]] = []
    for entry in download.entries:
        (ours if belongs(entry) else others).append(entry)
    if not ours:
        return None
    strays = strays_of(others)
    if len(strays) > len(ours) and not download.named:  # by chance
        return None
    return Fit(f"the names in it are like `{shortened(ours[0].name)}`", strays)


def strays_of(entries: Iterable[os.DirEntry[str]]) -> tuple[str, ...]:
    """Name the entries that could be somebody's answer."""
    return tuple(display_text(entry.name) for entry in entries if is_folder(entry) or _may_hold_answer(entry.name))


def _may_hold_answer(name: str) -> bool:
    return is_answer(name) or is_archive(name)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell a folder; a link to one is none."""
    return entry.is_dir(follow_symlinks=False)


def plain_title(name: str) -> str:
    """Bring the name of an assignment to letters and digits, as platforms spell it in their own way."""
    return "".join(char for char in name.casefold() if char.isalnum())


def shortened(name: str, most: int = 80) -> str:
    """Show a name in a sentence, and only the start of a long one."""
    text = display_text(name)
    return text if len(text) <= most else text[: most - 1] + "…"


def id_of(name: str, *known_by: str) -> str:
    """Join a name and what the platform knows the student by; the latter stays whole and tells any two apart.

    Where it cannot stand in a file name as it is, or is long, a hash of it is added.
    """
    raw = "_".join(known_by)
    tail = safe_id(raw) if raw else ""
    if tail != raw or len(tail.encode()) > _MOST_TAIL:
        apart = hashlib.blake2b(os.fsencode(raw), digest_size=4).hexdigest()
        tail = f"{_cut(tail, _MOST_TAIL, _MOST_TAIL - 1 - len(apart))}-{apart}"
    if not name or not tail:
        return safe_id(name or tail)
    spare = len(tail.encode()) + 2
    return f"{_cut(safe_id(name), MAX_ID_CHARS - spare, MAX_ID_BYTES - spare)}_{tail}"


def _cut(text: str, chars: int, size: int) -> str:
    text = unicodedata.normalize("NFC", text)[:chars]
    return text.encode()[:size].decode(errors="ignore").rstrip("._")

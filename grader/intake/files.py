"""The plain layout: files and folders as they lie on a disk.

A file is a submission; a folder that holds `<slug>.py` or `<slug>.ipynb` is one too; any other folder is a
class, and every `.py`, `.ipynb` and folder in it is a submission. A student's mistake is a rejection with a
sentence for the student; a mistake of staff is a `UsageError`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.errors import Rejected, UsageError
from grader.submission import (
    Limits,
    Submission,
    SubmittedFile,
    display_text,
    link_sentence,
    printable,
    read_regular,
    size_sentence,
    total_sentence,
    with_unique_ids,
)

SUFFIXES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
SKIPPED = {"__macosx", "__pycache__", "desktop.ini", "node_modules", "thumbs.db", "venv"}
"""What systems and tools leave beside a student's files, in lower case; hidden files are skipped as well."""

NEVER_MAIN = {"public_checks.py", "__init__.py"}
"""Files that lie beside an answer and are none: the first is released with every assignment."""


def discover(
    arguments: Sequence[Path],
    slug: str,
    stubs: Mapping[str, bytes] = {},
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> list[Submission]:
    """Find the submissions in files and folders, sorted by id; raises `UsageError` for a wrong argument."""
    finder = Finder(slug, stubs, limits)
    found: list[Submission] = []
    files: list[Path] = []
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in arguments):  # noqa: PTH100 - keeps links
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            found += finder.in_folder(path)
        elif stat.S_ISLNK(mode) or path.suffix in SUFFIXES:
            files.append(path)
        else:
            raise UsageError(_wrong_type(path))
    found += finder.of_files(files)
    return with_unique_ids(sorted(found, key=lambda one: (one.id, [str(file.path) for file in one.files])))


@dataclass(frozen=True)
class _Seen:
    """A file that was looked at, and not yet read."""

    file: SubmittedFile
    size: int

    @cached_property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.file.name)


@dataclass(frozen=True)
class Finder:
    """Find the submissions of one assignment; their ids are the names as found, not yet safe nor unique."""

    slug: str
    stubs: Mapping[str, bytes]
    limits: Limits

    def in_folder(self, folder: Path) -> list[Submission]:
        """Take a folder for one submission if it holds the assignment's file, and for a class otherwise."""
        entries = _entries(folder)
        if any(entry.name in self._exact and entry.is_file(follow_symlinks=False) for entry in entries):
            return [self.of_folder(folder)]
        archives = [entry for entry in entries if entry.name.lower().endswith(ARCHIVES)]
        if archives:  # a student would silently be left out
            raise UsageError(_wrong_type(Path(archives[0])))
        folders = [Path(entry) for entry in entries if entry.is_dir()]
        files = [Path(entry) for entry in entries if not entry.is_dir() and entry.name not in NEVER_MAIN]
        found = self.of_files([path for path in files if path.suffix in SUFFIXES])
        found += [self.of_folder(path) for path in folders]
        if not found:
            name = display_text(str(folder))
            raise UsageError(f"{name} holds no .py or .ipynb file, and no folder for each student.")
        return found

    def of_files(self, paths: Iterable[Path]) -> list[Submission]:
        """Make one submission of each file, or of two that differ only in `.py` and `.ipynb`."""
        attempts: dict[Path, list[Path]] = {}
        for path in paths:
            attempts.setdefault(path.with_suffix(""), []).append(path)
        same = [attempt for attempt in attempts if attempt.name == self.slug]
        found = []
        for attempt, pair in attempts.items():
            student = attempt.parent.name if len(same) > 1 and attempt in same else ""
            found.append(self._of_attempt(student or attempt.name, pair))
        return found

    def of_folder(self, folder: Path) -> Submission:
        """Make one submission of all that a student's folder holds."""
        try:
            seen = _walk(folder, self.limits)
        except Rejected as error:
            return replace(self._empty(folder.name), rejection=str(error))
        return self._judge(folder.name, seen, [one for one in seen if one.path.name not in NEVER_MAIN])

    def _of_attempt(self, student: str, paths: list[Path]) -> Submission:
        seen, rejection = [], ""
        for path in sorted(paths):
            try:
                seen.append(_look_at(path, display_text(path.name), self.limits))
            except Rejected as error:
                rejection = str(error)
        if not seen:
            return replace(self._empty(student), rejection=rejection)
        return self._judge(student, seen, seen)

    def _judge(self, student: str, seen: list[_Seen], candidates: list[_Seen]) -> Submission:
        submission = replace(self._empty(student), files=tuple(one.file for one in seen))
        try:
            main, note = self._choose(candidates)
        except Rejected as error:
            return replace(submission, rejection=str(error))
        return replace(submission, main=main, note=note)

    def _empty(self, student: str) -> Submission:
        return Submission(student, display_text(student) or "?", (), None, limits=self.limits)

    def _choose(self, candidates: list[_Seen]) -> tuple[str, str]:
        """Choose the file to grade, and say so where there was a choice."""
        usable = [one for one in candidates if one.path.suffix in SUFFIXES]
        wanted = " or ".join(sorted(self._exact, reverse=True))
        if not usable:
            raise Rejected(f"No .py or .ipynb file was handed in; expected {wanted}.")
        if len(usable) == 1:
            return usable[0].file.name, ""
        stubs = [one for one in usable if self._is_stub(one)]
        changed = [one for one in usable if one not in stubs]
        for pool in (changed, usable):  # an untouched stub counts only where nothing else can be meant
            rivals = self._named_right(pool) or (pool if _is_one_answer(pool) else [])
            if len(main := self._best(rivals)) == 1:
                rivals += [one for one in (changed if main[0] in stubs else stubs) if one not in rivals]
                return main[0].file.name, _note(main[0], rivals, stubs)
            if rivals:
                break
        names = printable([one.file.name for one in usable])
        raise Rejected(f"It is not clear which file to grade ({names}); name it {wanted}.")

    @property
    def _exact(self) -> set[str]:
        return {self.slug + suffix for suffix in SUFFIXES}

    def _named_right(self, pool: list[_Seen]) -> list[_Seen]:
        """Keep the files that have the assignment's name, or else those that are called a copy of it."""
        return [one for one in pool if one.path.name in self._exact] or [
            one for one in pool if self._copy_number(one) is not None
        ]

    def _copy_number(self, one: _Seen) -> int | None:
        """Read the number that browsers, Colab and file managers add to a name that they have already."""
        copy = rf"(copy of )?{re.escape(self.slug)}([ _-]*copy)?[ _-]*\(?(?P<number>\d{{0,6}})\)?"
        match = re.fullmatch(copy, one.path.stem, re.IGNORECASE)
        return int(match["number"] or 0) if match else None

    def _best(self, rivals: list[_Seen]) -> list[_Seen]:
        """Prefer what lies nearest to the top, then the latest copy, then Python to a notebook."""

        def rank(one: _Seen) -> tuple[int, int, bool]:
            return len(one.path.parts), -(self._copy_number(one) or 0), one.path.suffix != ".py"

        best = min(map(rank, rivals), default=None)
        return [one for one in rivals if rank(one) == best]

    def _is_stub(self, one: _Seen) -> bool:
        same = [data for data in self.stubs.values() if len(data) == one.size]
        return bool(same) and read_regular(one.file.path, one.file.name, self.limits) in same


def _is_one_answer(pool: list[_Seen]) -> bool:
    """Tell whether these are one file, or one answer as `.py` and as `.ipynb`."""
    return len({one.path.with_suffix("") for one in pool}) == 1


def _note(main: _Seen, rivals: list[_Seen], stubs: list[_Seen]) -> str:
    """Say which of several files was graded."""
    names = sorted((one.file.name for one in rivals), key=lambda name: (name.endswith(".ipynb"), name))
    if len(names) == 1:
        return ""
    handed_in = f"Both {names[0]} and {names[1]}" if len(names) == 2 else printable(names)
    left = [one for one in rivals if one is not main]
    if main in stubs or not all(one in stubs for one in left):
        return f"{handed_in} were handed in; {main.file.name} was graded."
    return f"{handed_in} were handed in; {main.file.name} was graded: the rest is the unchanged stub."


def _walk(folder: Path, limits: Limits) -> list[_Seen]:
    """Look at every file below a folder, links and leftovers aside; raises `Rejected` above a limit."""
    if folder.is_symlink():
        raise Rejected(link_sentence(display_text(folder.name)))
    seen: dict[str, _Seen] = {}
    pending = [(folder, "", 0)]
    entries = 0
    while pending:
        here, prefix, depth = pending.pop()
        for entry in _entries(here):
            entries += 1
            if entries > limits.max_files:  # of folders too: a million empty ones also take their time
                raise Rejected(
                    f"There are more than {limits.max_files} files and folders; at most that many are taken."
                )
            name = prefix + _inner_name(entry.name, limits)
            if entry.is_dir(follow_symlinks=False):
                if depth == limits.max_depth:
                    raise Rejected(f"Folders lie more than {depth} deep in each other; at most that many are taken.")
                pending.append((Path(entry), name + "/", depth + 1))
            elif entry.is_file(follow_symlinks=False):
                if name in seen:
                    raise Rejected(f"Two files cannot be told apart by their names: {name}.")
                seen[name] = _look_at(Path(entry), name, limits)
    total = sum(one.size for one in seen.values())
    if total > limits.max_total_bytes:
        raise Rejected(total_sentence(total, limits))
    return [seen[name] for name in sorted(seen)]


def _look_at(path: Path, name: str, limits: Limits) -> _Seen:
    facts = path.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise Rejected(link_sentence(name))
    if not stat.S_ISREG(facts.st_mode):
        raise Rejected(f"{name} is not a plain file.")
    if facts.st_size > limits.max_file_bytes:
        raise Rejected(size_sentence(name, facts.st_size, limits))
    return _Seen(SubmittedFile(name, path), facts.st_size)


def _inner_name(name: str, limits: Limits) -> str:
    """Make one part of a path printable, and never one that leads out of the submission."""
    if len(os.fsencode(name)) > limits.max_name:
        size = len(os.fsencode(name))
        raise Rejected(f"A file's name is too long: it has {size} bytes, and at most {limits.max_name} are taken.")
    text = display_text(name)
    return text if text.strip(".") else "_"


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """List a folder in a stable order, without what systems and tools leave in it."""
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not _is_leftover(entry.name)]
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Rejected("Folders lie too deep in each other for the file system.") from error
        raise UsageError(f"{display_text(str(folder))} cannot be read: {error.strerror}.") from error
    return sorted(kept, key=lambda entry: os.fsencode(entry.name))


def _is_leftover(name: str) -> bool:
    return name.startswith(".") or name.lower() in SKIPPED


def _mode(path: Path) -> int:
    """Look at an argument, without following it."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError as error:
        wanted = "give a .py, an .ipynb or a folder"
        raise UsageError(f"{display_text(str(path))} does not exist: {wanted}.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{display_text(str(path))} cannot be read: {error}.") from error


def _wrong_type(path: Path) -> str:
    name = display_text(str(path))
    if path.name.lower().endswith(ARCHIVES):
        return f"{name}: archives are not read yet: unpack it and give the folder."
    return f"{name} is no submission: give a .py, an .ipynb or a folder."

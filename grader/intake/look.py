"""What lies in a folder, looked at and not yet read: nothing is followed, and nothing counts without an end."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.errors import Rejected, UsageError
from grader.sandbox.clutter import is_leftover
from grader.sandbox.unpacking import MAX_PATH
from grader.submission import Limits, SubmittedFile, display_text, link_sentence, size_sentence, total_sentence


@dataclass(frozen=True)
class Seen:
    """A file that was looked at, and not yet read."""

    file: SubmittedFile
    size: int

    @cached_property
    def path(self) -> PurePosixPath:
        """Its name inside the submission, in parts."""
        return PurePosixPath(self.file.name)

    @property
    def suffix(self) -> str:
        """Its ending, in lower case."""
        return self.path.suffix.lower()


def walk(folder: Path, limits: Limits) -> list[Seen]:
    """Look at every file below a folder, links and leftovers aside; raises `Rejected` above a limit."""
    if folder.is_symlink():
        raise Rejected(link_sentence(display_text(folder.name)))
    seen: dict[str, Seen] = {}
    pending = [(folder, "", 0)]
    entries = 0
    while pending:
        here, prefix, depth = pending.pop()
        for entry in entries_of(here):
            entries += 1
            if entries > limits.max_files:  # of folders too: a million empty ones also take their time
                raise Rejected(count_sentence(limits))
            name = fitting(prefix + inner_name(entry.name, limits))
            if entry.is_dir(follow_symlinks=False):
                if depth == limits.max_depth:
                    raise Rejected(depth_sentence(limits))
                pending.append((Path(entry), name + "/", depth + 1))
            elif entry.is_file(follow_symlinks=False):
                if name in seen:
                    raise Rejected(alike_sentence(name))
                seen[name] = look_at(Path(entry), name, limits)
    total = sum(one.size for one in seen.values())
    if total > limits.max_total_bytes:
        raise Rejected(total_sentence(total, limits))
    return [seen[name] for name in sorted(seen)]


def look_at(path: Path, name: str, limits: Limits) -> Seen:
    """Look at one file; raises `Rejected` where it is a link, no plain file or too large."""
    facts = path.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise Rejected(link_sentence(name))
    if not stat.S_ISREG(facts.st_mode):
        raise Rejected(f"{name} is not a plain file.")
    if facts.st_size > limits.max_file_bytes:
        raise Rejected(size_sentence(name, facts.st_size, limits))
    return Seen(SubmittedFile(name, path), facts.st_size)


def inner_name(name: str, limits: Limits) -> str:
    """Make one part of a path printable, and never one that leads out of the submission."""
    text = display_text(name)
    size = max(len(os.fsencode(name)), len(text.encode()))  # what is shown may be longer
    if size > limits.max_name:
        raise Rejected(f"A file's name is too long: it has {size} bytes, and at most {limits.max_name} are taken.")
    return text if text.strip(".") else "_"


def fitting(name: str) -> str:
    """Let a name pass that fits into a path, folders included."""
    if len(name.encode()) > MAX_PATH:
        raise Rejected(TOO_DEEP)
    return name


TOO_DEEP = "Folders lie too deep in each other for the file system."


def count_sentence(limits: Limits) -> str:
    """Say that there are too many files."""
    return f"There are more than {limits.max_files} files and folders; at most that many are taken."


def depth_sentence(limits: Limits) -> str:
    """Say that folders lie too deep in each other."""
    return f"Folders lie more than {limits.max_depth} deep in each other; at most that many are taken."


def alike_sentence(name: str) -> str:
    """Say that two files are called the same."""
    return f"Two files cannot be told apart by their names: {name}."


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """List a folder in a stable order, without what systems and tools leave in it."""
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not is_leftover(entry.name)]
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Rejected(TOO_DEEP) from error
        raise UsageError(f"{display_text(str(folder))} cannot be read: {error.strerror}.") from error
    return sorted(kept, key=lambda entry: os.fsencode(entry.name))


def only_folder(folder: Path) -> Path | None:
    """Name the folder that all of another one lies in, if so it is, as in an archive of a folder."""
    entries = entries_of(folder)
    return Path(entries[0]) if len(entries) == 1 and entries[0].is_dir(follow_symlinks=False) else None

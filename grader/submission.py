"""What one student handed in: which files, which of them is graded, and under which id.

How files lie in folders is the business of `grader.intake`; here is what every layout needs: the data, a
guarded read, and names fit for a file system and for a page. Nothing here runs what was handed in.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.errors import Rejected
from grader.handin import Handin
from grader.results import SubmissionInfo

MAX_ID_CHARS = 100
MAX_ID_BYTES = 200
"""File systems count bytes, 255 of them, and what is made from an id needs room for a suffix."""

ARCHIVES_READ = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".txz", ".zip", ".tar")
ARCHIVES_NOT_READ = (".tar.zst", ".7z", ".rar", ".zst")

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FLAGS = os.O_RDONLY
for _name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOFOLLOW"):  # Windows, where only `grade check` runs, has none of them
    _FLAGS |= getattr(os, _name, 0)


@dataclass(frozen=True)
class Limits:
    """What one submission may hold; depth counts folders below the submission's own."""

    max_file_bytes: int = 20_000_000
    max_total_bytes: int = 100_000_000
    max_files: int = 2000
    max_depth: int = 20
    max_name: int = 255


@dataclass(frozen=True)
class SubmittedFile:
    """One file: its name inside the submission (a relative posix path, printable) and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True)
class Submission:
    """One student's files; `main` names the one that is graded, unless `rejection` says why none is."""

    id: str
    student: str
    files: tuple[SubmittedFile, ...]
    main: str | None
    note: str = ""
    rejection: str | None = None
    fault: str | None = None
    """Why it cannot be graded, where that is our fault."""
    limits: Limits = Limits()
    handin: Handin = Handin()  # noqa: RUF009 - frozen

    @cached_property
    def sha256(self) -> str:
        """Hash the files' names and bytes; what cannot be read is told apart by its names and the reason."""
        try:
            return self.hash_of(read_files(self))
        except (Rejected, OSError) as error:
            return files_sha256({file.name: b"" for file in self.files} | {"": str(error).encode()})

    def hash_of(self, files: Mapping[str, bytes]) -> str:
        """Hash its files as they were read; the graded one without its name, so that renamed copies are alike."""
        return files_sha256({"" if name == self.main else name: data for name, data in files.items()})

    @property
    def info(self) -> SubmissionInfo:
        """Say who handed in what, as results do."""
        names = tuple(file.name for file in self.files)
        return SubmissionInfo(id=self.id, student=self.student, files=names, sha256=self.sha256)


def files_sha256(files: Mapping[str, bytes]) -> str:
    """Hash names and bytes, each with its length before it, so that no two sets of files run together."""
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        for part in (name.encode(), data):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def read_files(submission: Submission) -> dict[str, bytes]:
    """Read every file by name; raises `Rejected` for what is no plain file, or too large by now."""
    if submission.rejection is not None:
        raise Rejected(submission.rejection)
    files: dict[str, bytes] = {}
    total = 0
    for file in submission.files:
        files[file.name] = read_regular(file.path, file.name, submission.limits)
        total += len(files[file.name])
        if total > submission.limits.max_total_bytes:
            raise Rejected(total_sentence(total, submission.limits))
    return files


def read_regular(path: Path, name: str, limits: Limits) -> bytes:
    """Read one plain file, without following a link, blocking on a pipe or reading past the limit."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Rejected(link_sentence(name)) from error
        if error.errno == errno.ENXIO:  # a socket, or a device without a driver
            raise Rejected(f"{name} is not a plain file.") from error
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Rejected(f"{name} is not a plain file.")
        data = file.read(limits.max_file_bytes + 1)
        if len(data) > limits.max_file_bytes:
            raise Rejected(size_sentence(name, os.fstat(handle).st_size, limits))
    return data


def is_notebook(name: str) -> bool:
    """Tell a notebook by its name, as the ending stands or in upper case."""
    return name.lower().endswith(".ipynb")


def is_archive(name: str) -> bool:
    """Tell an archive by its ending, whether it is of a kind that is read or not."""
    return name.lower().endswith(ARCHIVES_READ + ARCHIVES_NOT_READ)


def stem_of(name: str) -> str:
    """Cut the endings of an archive's name: `ann.tar.gz` is ann's."""
    ending = max((one for one in ARCHIVES_READ + ARCHIVES_NOT_READ if name.lower().endswith(one)), key=len, default="")
    return name[: len(name) - len(ending)]


def link_sentence(name: str) -> str:
    """Say that a link was handed in where a file or a folder belongs."""
    return f"{name} is a symbolic link, and links are not followed; hand in the file itself."


def size_sentence(name: str, size: int, limits: Limits) -> str:
    """Say that one file is too large."""
    most = _megabytes(limits.max_file_bytes)
    advice = "; clear its outputs and save it again" if is_notebook(name) else ""
    return f"{name} is too large: it has {_megabytes(size)}, and at most {most} are taken{advice}."


def total_sentence(size: int, limits: Limits) -> str:
    """Say that the files together are too large."""
    most = _megabytes(limits.max_total_bytes)
    return f"The files are too large together: they have {_megabytes(size)}, and at most {most} are taken."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size} bytes"


def display_text(name: str) -> str:
    """Make any name printable: one line of valid Unicode, with nothing that turns the text around it."""
    text = _BIDI.sub("", unicodedata.normalize("NFC", name))
    return "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} else char for char in text)


def safe_id(name: str) -> str:
    """Derive a file name that is safe on Linux, macOS and Windows; a name that already is stays as it is."""
    text = "".join(char if _is_safe(char) else "_" for char in unicodedata.normalize("NFC", name))
    text = _cut(text, 0)
    if text.startswith(("-", ".")) or not text:
        text = "_" + text[1:]
    if _DEVICE.match(text):
        text = "_" + text
    return _cut(text, 0)


def with_unique_ids(submissions: Iterable[Submission]) -> list[Submission]:
    """Make the ids safe, and unique whatever their case, and sort by them; the first keeps the plain one."""
    submissions = list(submissions)
    wanted = [safe_id(submission.id) for submission in submissions]
    taken: set[str] = set()
    chosen = [_claim(name, taken) for name in wanted]
    numbers: dict[str, int] = {}
    for index, name in enumerate(chosen):
        while name is None:
            numbers[wanted[index]] = number = numbers.get(wanted[index], 1) + 1
            suffix = f"-{number}"
            name = _claim(_cut(wanted[index], len(suffix)) + suffix, taken)
        chosen[index] = name
    unique = [dataclasses.replace(one, id=name or "") for one, name in zip(submissions, chosen, strict=True)]
    return sorted(unique, key=lambda submission: submission.id)


def printable(names: Sequence[str], most: int = 5) -> str:
    """List names in a sentence, and only the first few of many."""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def _claim(name: str, taken: set[str]) -> str | None:
    """Take a name, unless a file system that ignores case or forms of letters knows it already."""
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper().casefold())
    if key in taken:
        return None
    taken.add(key)
    return name


def _is_safe(char: str) -> bool:
    return char in "-._" or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def _cut(text: str, spare: int) -> str:
    """Shorten to what an id may have, `spare` characters aside; Windows drops dots at the end."""
    text = text[: MAX_ID_CHARS - spare]
    return text.encode()[: MAX_ID_BYTES - spare].decode(errors="ignore").rstrip(".")

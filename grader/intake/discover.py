"""The submissions in what `grade run` is given, of whatever layout.

An LMS's download is one folder or archive, or lies in the one folder in it. Unless staff name a layout, it has to be
the only argument: among others, an archive is one student's. What is no download is plain files and folders.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from grader.errors import Rejected, UsageError
from grader.handin import Handin
from grader.intake import files
from grader.intake.archives import Unpack, none_here
from grader.intake.files import Finder
from grader.intake.layouts import Download, Fit, Layout, Piece, Student, known, layouts, strays_of
from grader.intake.look import Seen, alike_sentence, count_sentence, entries_of, fitting, inner_name, look_at, walk
from grader.submission import (
    Limits,
    Submission,
    SubmittedFile,
    display_text,
    is_archive,
    link_sentence,
    printable,
    total_sentence,
)

_CLASS = 2
"""Students that what is packed has to hold to be recognised as a download; staff may say that it is one."""

_WRAPPERS = 2
"""Folders that a download may lie in: the assignment's, and one of whoever packed it anew."""


def discover(
    arguments: Sequence[Path],
    slug: str,
    stubs: Mapping[str, bytes] = {},
    limits: Limits = Limits(),  # noqa: B008 - frozen
    tell: Callable[[str], object] = lambda _: None,
    unpack: Unpack = none_here,
    layout: str = "auto",
) -> list[Submission]:
    """Find the submissions, sorted by id; raises `UsageError` for a wrong argument, and where a layout is in doubt.

    `tell` and `unpack` are as in `grader.intake.files.discover`; `tell` also hears which layout was recognised.
    """
    paths = list(dict.fromkeys(Path(os.path.abspath(path)) for path in arguments))  # noqa: PTH100 - keeps links
    finder = Finder(slug, stubs, limits, tell, unpack)
    if known(layout) == "files" or (layout == "auto" and not (len(paths) == 1 and _may_be_download(paths[0]))):
        return files.discover(paths, slug, stubs, limits, tell, unpack)
    if layout == "auto":
        return files.in_order(_recognised(finder, paths[0]))
    found = [one for path in paths for one in _as_named(finder, path, layout)]
    return files.in_order(_told_apart(found, tell))


@dataclass(frozen=True)
class _Match:
    name: str
    layout: Layout
    fit: Fit
    download: Download


def _may_be_download(path: Path) -> bool:
    mode = files.mode_of(path)
    return stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and is_archive(path.name))


def _recognised(finder: Finder, path: Path) -> list[Submission]:
    """Take the only argument for the download that it is, or else for plain files."""
    packed = not path.is_dir()
    try:
        folder = finder.opened(path) if packed else path
    except Rejected as error:
        return [finder.turned_down(path, error)]
    matches = _matches(finder, path, folder, layouts(), named=False)
    certain = [match for match in matches if not match.fit.strays]
    if len(certain) > 1:
        raise UsageError(_in_doubt(path, certain))
    for match in certain:
        said: list[str] = []
        students = list(match.layout.split(replace(match.download, tell=said.append)))
        if len(students) < _CLASS and match.download.folder != path:
            # What one student has packed may call itself anything, another student's name too.
            finder.tell(
                f"{_called(path)} is not taken for a download from {match.layout.title}, as it holds one student's "
                f"files alone; with --layout {match.name} it is."
            )
            continue
        finder.tell(f"{_called(path)} is taken for a download from {match.layout.title}: {match.fit.why}.")
        for sentence in said:
            finder.tell(sentence)
        return _told_apart([_submission(finder, student) for student in students], finder.tell)
    for match in matches if not certain else ():
        strays = printable(match.fit.strays, 3)
        finder.tell(
            f"{_called(path)} is not taken for a download from {match.layout.title} because of {strays}; "
            f"with --layout {match.name} it is."
        )
    return finder.in_opened(folder, path) if packed else finder.in_folder(path)


def _as_named(finder: Finder, path: Path, name: str) -> list[Submission]:
    """Take an argument for the download that staff say it is; raises `UsageError` where it is not."""
    layout = layouts()[name]
    if not _may_be_download(path):
        raise UsageError(
            f"{_called(path)} is no download from {layout.title}: give its zip, or the folder it unpacks to."
        )
    try:
        folder = path if path.is_dir() else finder.opened(path)
    except Rejected as error:
        raise UsageError(f"{_called(path)} cannot be unpacked: {error}") from error
    matches = _matches(finder, path, folder, {name: layout}, named=True)
    if not matches:
        raise UsageError(f"{_called(path)} is no download from {layout.title}: expected {layout.expected}.")
    if strays := matches[0].fit.strays:
        finder.tell(f"left aside in {_called(path)}, as not from {layout.title}: {printable(strays)}.")
    return _split(finder, matches[0])


def _matches(finder: Finder, path: Path, folder: Path, among: Mapping[str, Layout], *, named: bool) -> list[_Match]:
    """Find the layouts that fit to a folder, or else to the one folder in it, or in that."""
    place: Path | None = folder
    for _ in range(_WRAPPERS + 1):
        if place is None:
            break
        download = Download(place, _called(path), finder.slug, finder.limits, named, finder.tell)
        fits = ((name, layout, layout.fit(download)) for name, layout in among.items())
        if matches := [_Match(name, layout, fit, download) for name, layout, fit in fits if fit]:
            return matches
        place = _inner(place)
    return []


def _inner(folder: Path) -> Path | None:
    """Name the one folder that could hold answers, whatever pages lie beside it."""
    entries = entries_of(folder)
    inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    return Path(inner[0]) if len(inner) == 1 and len(strays_of(entries)) == 1 else None


def _in_doubt(path: Path, matches: Sequence[_Match]) -> str:
    titles = " or from ".join(match.layout.title for match in matches)
    options = " or ".join(f"--layout {match.name}" for match in matches)
    return f"{_called(path)} may be a download from {titles}: say which with {options}."


def _called(path: Path) -> str:
    return display_text(path.name) or display_text(str(path))


def _split(finder: Finder, match: _Match) -> list[Submission]:
    return [_submission(finder, student) for student in match.layout.split(match.download)]


def _submission(finder: Finder, student: Student) -> Submission:
    try:
        submission = finder.of_seen(student.id, _looked_at(student.pieces, finder.limits))
    except Rejected as error:
        submission = replace(finder.judge.empty(student.id), rejection=str(error))
    if not student.pieces and student.rejection:
        submission = replace(submission, rejection=display_text(student.rejection))
    handin = msgspec.structs.replace(
        student.handin,
        ids={kind: display_text(text) for kind, text in student.handin.ids.items()},
        notes=tuple(display_text(note) for note in student.handin.notes),
    )
    return replace(submission, student=display_text(student.name).strip() or "?", handin=handin)


def _looked_at(pieces: Sequence[Piece], limits: Limits) -> list[Seen]:
    """Look at all that is a student's, by the rules for one folder; a link counts only where nothing else is there."""
    seen: dict[str, Seen] = {}
    link = ""
    for piece in pieces:
        prefix = "/".join(inner_name(part, limits) for part in piece.name.split("/") if part)
        if piece.path.is_symlink():
            link = link or prefix or display_text(piece.path.name)
            continue
        for one in _in_piece(piece, prefix, limits):
            if one.file.name in seen:
                raise Rejected(alike_sentence(one.file.name))
            seen[one.file.name] = one
    if link and not seen:
        raise Rejected(link_sentence(link))
    if len(seen) > limits.max_files:
        raise Rejected(count_sentence(limits))
    if (total := sum(one.size for one in seen.values())) > limits.max_total_bytes:
        raise Rejected(total_sentence(total, limits))
    return [seen[name] for name in sorted(seen)]


def _in_piece(piece: Piece, prefix: str, limits: Limits) -> list[Seen]:
    if not piece.path.is_dir():
        most = limits.max_total_bytes if is_archive(prefix) else limits.max_file_bytes  # a packed answer may be larger
        return [look_at(piece.path, fitting(prefix), replace(limits, max_file_bytes=most))]
    inside = [one for one in walk(piece.path, limits) if one.file.name not in piece.without]
    if not prefix:
        return inside
    return [replace(one, file=SubmittedFile(fitting(f"{prefix}/{one.file.name}"), one.file.path)) for one in inside]


def _told_apart(found: Sequence[Submission], tell: Callable[[str], object]) -> list[Submission]:
    """Say where the platform's own id stands for two submissions: a name can be made up, and a zip given twice."""
    same: dict[tuple[str, ...], list[Submission]] = {}
    for one in found:
        same.setdefault((one.handin.layout, *next(iter(one.handin.ids.items()), ("", one.id))), []).append(one)
    noted = []
    for (_, kind, value), group in same.items():
        if len(group) == 1 or not kind:
            noted += group
            continue
        names = printable(sorted(one.student for one in group))
        note = f"{len(group)} submissions have the same {kind}, {display_text(value)}: {names}."
        tell(note)
        noted += [replace(one, handin=_with_note(one.handin, note)) for one in group]
    return noted


def _with_note(handin: Handin, note: str) -> Handin:
    return msgspec.structs.replace(handin, notes=(*handin.notes, note))

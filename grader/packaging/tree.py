"""Read the files of a folder that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.errors import UsageError


def files_below(folder: Path, without: Iterable[str] = ()) -> dict[str, bytes]:
    """Read all files below a folder by their names in it, in order; hidden ones and caches do not belong to it.

    `without` names what is left out directly below it. Raises UsageError for what is neither file nor folder and for
    a link that leads out: left aside it would be missing, followed it could bring in anything.
    """
    left_out = set(without)
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name not in left_out:
            found.update({one.relative_to(folder).as_posix(): one.read_bytes() for one in _files(path, folder)})
    return dict(sorted(found.items()))


def _files(path: Path, folder: Path) -> Iterator[Path]:
    if path.name.startswith(".") or path.name == "__pycache__" or path.suffix in {".pyc", ".pyo"}:
        return
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path} is a link that leads out of {folder}: put there what it leads to.")
    if path.is_file():
        yield path
    elif path.is_dir() and not path.is_symlink():
        for one in sorted(path.iterdir()):
            yield from _files(one, folder)
    else:
        raise UsageError(f"{path} is neither a file nor a folder: take it out of {folder}.")

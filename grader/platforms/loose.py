"""A student's files that lie beside files of others, read as what they are: no link is followed, no pipe waited for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from grader.errors import Rejected
from grader.submission import Limits, display_text, read_regular

_LIMITS = Limits(max_file_bytes=100_000_000)
"""Of one file that is held in memory; what an assignment takes is judged afterwards."""


def read(paths: Iterable[Path]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read these files by name, and say in a sentence for each why it was left; one that is not there is left too."""
    return _read((path.name, path) for path in paths)


def named(folder: Path, names: Iterable[str]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read the files of these names below a folder, in folders of it too; a name that leads out of it is left."""
    known = [name for name in dict.fromkeys(names) if is_inside(name)]
    return _read((name, folder / name) for name in known)


def is_inside(name: str) -> bool:
    """Tell a name that can only be of a file below the folder that it is looked for in."""
    path = PurePosixPath(name)
    return bool(path.name) and "\0" not in name and not path.is_absolute() and ".." not in path.parts


def _read(files_by_name: Iterable[tuple[str, Path]]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    files, left = dict[str, bytes](), list[str]()
    for key, path in files_by_name:
        name = display_text(key)
        try:
            files[key] = read_regular(path, name, _LIMITS)
        except Rejected as error:
            left.append(str(error))
        except OSError as error:
            left.append(f"{name} could not be read: {error.strerror}.")
    return files, tuple(left)


def beside(folder: Path, others: Iterable[str] = ()) -> list[Path]:
    """List what lies in a folder, by name, without its folders, what is hidden and what is named here."""
    taken = set(others)
    found = [one for one in folder.iterdir() if one.name not in taken and not one.name.startswith(".")]
    return sorted(one for one in found if one.is_symlink() or not one.is_dir())

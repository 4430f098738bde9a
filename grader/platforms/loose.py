"""A student's files that lie beside files of others, read as what they are: no link is followed, no pipe waited for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.errors import Rejected
from grader.submission import Limits, display_text, read_regular

_LIMITS = Limits(max_file_bytes=100_000_000)
"""Of one file that is held in memory; what an assignment takes is judged afterwards."""


def read(paths: Iterable[Path]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read these files by name, and say in a sentence for each why it was left; one that is not there is left too."""
    files, left = dict[str, bytes](), list[str]()
    for path in paths:
        name = display_text(path.name)
        try:
            files[path.name] = read_regular(path, name, _LIMITS)
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

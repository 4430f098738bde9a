"""Write a package: as a zip, a tar or a folder, whole or not at all, and the same bytes for the same files."""

from __future__ import annotations

import gzip
import io
import shutil
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

from grader.errors import UsageError
from grader.packaging import ENDINGS, FOLDER, Files
from grader.results import write_atomic

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_TAR_TIME = 315_532_800
"""The same moment: the earliest that a zip can tell."""

_UNIX = 3


def ending_of(path: Path) -> str:
    """Tell by its name what a package is to be."""
    name = path.name.lower()
    return next((one for one in ENDINGS if one != FOLDER and name.endswith(one)), FOLDER)


def write(files: Files, path: Path) -> None:
    """Write a package to a file or to a new or empty folder, which this user alone can open.

    Raises UsageError where something else is there already.
    """
    refuse_taken(path)
    ending = ending_of(path)
    if ending == FOLDER:
        _write_folder(files, path)
    else:
        write_atomic(path, zipped(files) if ending == ".zip" else tarred(files, packed=ending == ".tar.gz"), 0o600)


def refuse_taken(path: Path) -> None:
    """Raise UsageError where a package cannot be written; an archive takes the place of an older one."""
    if ending_of(path) != FOLDER:
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name the file to write with -o.")
    elif path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, and the package would be a folder: name a new one with -o.")
    elif path.is_dir() and any(path.iterdir()):
        raise UsageError(f"{path} is not empty: name a new folder with -o, or empty this one.")


def zipped(files: Files) -> bytes:
    """Make a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, member in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | member.mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, member.data)
    return made.getvalue()


def tarred(files: Files, *, packed: bool = False) -> bytes:
    """Make a tar, packed with gzip or not; all in it is root's."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, member in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.mtime, entry.mode, entry.size = _TAR_TIME, member.mode, len(member.data)
            archive.addfile(entry, io.BytesIO(member.data))
    return gzip.compress(made.getvalue(), mtime=0) if packed else made.getvalue()


def _write_folder(files: Files, path: Path) -> None:
    """Fill a folder beside the one that is wanted, then rename it."""
    path = path.absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        for name, member in files.items():
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.data)
            target.chmod(member.mode)
        for folder in (one for one in aside.rglob("*") if one.is_dir()):
            folder.chmod(0o755)
        aside.replace(path)
    except BaseException:
        shutil.rmtree(aside)
        raise

"""Our own wheel, made of the files in use: those of a checkout or of an installation, with no build backend."""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata
from pathlib import Path

from grader.errors import UsageError
from grader.packaging import Member
from grader.packaging.archive import zipped
from grader.packaging.tree import files_below

_PACKAGE = Path(__file__).resolve().parents[1]
_BESIDE = ("templates", "assignments", "constraints.txt")
"""What lies beside the package in a checkout, and in it once it is installed: as `force-include` in pyproject.toml."""

_WHEEL = b"Wheel-Version: 1.0\nGenerator: grade\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def shipped(name: str) -> Path:
    """Find what is shipped in the package, inside it in an installation and beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name


def wheel() -> tuple[str, bytes]:
    """Make our wheel; returns its file name and its bytes, which are the same wherever it is made of these files."""
    try:
        ours = metadata.distribution("grade")
    except metadata.PackageNotFoundError as error:
        raise UsageError("this grader is not installed: run `pip install --editable .` in its checkout.") from error
    stem = f"grade-{ours.version}"
    files = _code() | {f"{stem}.dist-info/{name}": data for name, data in _facts(ours).items()}
    record = f"{stem}.dist-info/RECORD"
    files[record] = _record(files, record)
    return f"{stem}-py3-none-any.whl", zipped({name: Member(data) for name, data in files.items()})


def _code() -> dict[str, bytes]:
    files = {f"grader/{name}": data for name, data in files_below(_PACKAGE).items()}
    for name in _BESIDE:
        path = shipped(name)
        if path.is_file():
            files[f"grader/{name}"] = path.read_bytes()
        else:
            files |= {f"grader/{name}/{below}": data for below, data in files_below(path).items()}
    return files


def _facts(ours: metadata.Distribution) -> dict[str, bytes]:
    names = ["METADATA", "entry_points.txt"]
    names += [f"licenses/{name}" for name in ours.metadata.get_all("License-File") or ()]
    texts = {name: ours.read_text(name) or "" for name in names}
    texts["METADATA"] = _without_description(texts["METADATA"])
    return {name: text.encode() for name, text in texts.items()} | {"WHEEL": _WHEEL}


def _without_description(text: str) -> str:
    """Leave out the README: in an editable installation it is as old as the installation, and nobody reads it there."""
    heads = text.partition("\n\n")[0].splitlines()
    return "".join(f"{line}\n" for line in heads if not line.startswith("Description-Content-Type:"))


def _record(files: dict[str, bytes], own_name: str) -> bytes:
    lines = []
    for name, data in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}\n")
    return "".join([*lines, f"{own_name},,\n"]).encode()

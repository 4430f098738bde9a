"""Odd `.py` and `.ipynb` files through the real command: each is graded rightly, or a sentence says how to save it."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from grader.results import Result
from tests.command import GRADE, MINI, grade, results
from tests.intake.makers import RIGHT

pytestmark = pytest.mark.slow

TEXT = RIGHT.decode()
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a command alone below itself: of our own children, those of earlier tests would count too."""

LATIN = TEXT + "\nname = 'Grün'\n"
STREAM = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}


def cell(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    """Make a code cell."""
    blank: dict[str, Any] = {"cell_type": "code", "metadata": {}, "execution_count": None}
    return blank | {"source": source, "outputs": list(outputs)}


def book(*cells: dict[str, Any], **facts: Any) -> bytes:
    """Make a notebook of the current version, or of what else is said."""
    parts: dict[str, Any] = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}
    return json.dumps(parts | facts).encode()


def old_book(version: int) -> bytes:
    """Make a notebook as IPython wrote it before there was Jupyter."""
    old = {"cell_type": "code", "input": TEXT, "outputs": [], "language": "python", "collapsed": False}
    return json.dumps(
        {"nbformat": version, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [old]}]}
    ).encode()


RIGHT_ONES: dict[str, bytes] = {
    "latin_line.py": b"# -*- coding: latin-1 -*-\n" + LATIN.encode("latin-1"),
    "latin_in_a_comment.py": "# Grün\n".encode("latin-1") + RIGHT,
    "mark.py": b"\xef\xbb\xbf" + RIGHT,
    "mark_and_line.py": b"\xef\xbb\xbf# coding: utf-8\r\n" + RIGHT.replace(b"\n", b"\r\n"),
    "lone_returns.py": RIGHT.replace(b"\n", b"\r"),
    "large.py": RIGHT + b"# " + b"x" * 15_000_000,
    "many_names.py": b"".join(b"x%d = 1\n" % number for number in range(20_000)) + RIGHT,
    "conftest.py": RIGHT,
    "sitecustomize.py": RIGHT,
    "torch.py": RIGHT,
    "pytest.py": RIGHT,
    "book_mark.ipynb": b"\xef\xbb\xbf" + book(cell(TEXT)),
    "book_3.ipynb": old_book(3),
    "book_2.ipynb": old_book(2),
    "book_minor.ipynb": book(cell(TEXT), nbformat_minor=99),
    "book_cells.ipynb": book(*[cell("a = 1")] * 10_000, cell(TEXT)),
    "book_outputs.ipynb": book(cell(TEXT, *[STREAM] * 150)),
    "book_image.ipynb": book(
        cell(TEXT, {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 15_000_000}})
    ),
}

WRONG_ONES: dict[str, tuple[bytes, str]] = {
    "latin.py": (LATIN.encode("latin-1"), "latin.py, line 7, holds a character that is not UTF-8; save it as UTF-8."),
    "ascii.py": (b"# coding: ascii\nx = '\xe9'\n", "ascii.py, line 2, holds a character that is not ascii; save it as"),
    "coding.py": (b"# coding: klingon\n" + RIGHT, "names the coding klingon in its first lines, which does not fit"),
    "no_text.py": (b"# coding: rot13\n" + RIGHT, "names the coding rot13 in its first lines, which does not fit"),
    "both.py": (b"\xef\xbb\xbf# coding: latin-1\n" + RIGHT, "names the coding latin-1 in its first lines, which"),
    "utf16.py": (TEXT.encode("utf-16"), "utf16.py is saved as UTF-16, which Python does not read; save it as UTF-8."),
    "utf16_bare.py": (TEXT.encode("utf-16-be"), "is saved as UTF-16, which Python does not read; save it as UTF-8."),
    "utf32.py": (TEXT.encode("utf-32"), "is saved as UTF-32, which Python does not read; save it as UTF-8."),
    "zero.py": (RIGHT + b"\0", "zero.py holds a NUL character in line 6; save it anew as plain text, in UTF-8."),
    "book_text.ipynb": (b"hello", "The notebook cannot be read: it is not valid JSON."),
    "book_nul.ipynb": (book(cell(TEXT)) + b"\0", "The notebook cannot be read: it is not valid JSON."),
    "book_deep.ipynb": (b"[" * 100_000 + b"]" * 100_000, "The notebook cannot be read: its JSON is nested too deeply."),
    "book_nested.ipynb": (
        book(cell(TEXT), metadata="?").replace(b'"?"', b'{"a": ' * 5000 + b"1" + b"}" * 5000),
        "The notebook cannot be read: its JSON is nested too deeply.",
    ),
    "book_latin.ipynb": (
        book(cell("# Gr?n\n" + TEXT)).replace(b"?", b"\xfc"),
        "The notebook cannot be read: it is not saved as UTF-8.",
    ),
    "book_utf16.ipynb": (book(cell(TEXT)).decode().encode("utf-16"), "cannot be read: it is not saved as UTF-8."),
    "book_99.ipynb": (
        book(cell(TEXT), nbformat=99),
        "The notebook has the format version 99, which is not known; save it as version 4.",
    ),
    "book_large.ipynb": (
        book(cell(TEXT, *[STREAM] * 1000)),
        "is too large: it has 100.1 MB, and at most 20.0 MB are taken; clear its outputs and save it again.",
    ),
}


@dataclass(frozen=True)
class Class:
    """What became of the odd files, and what the largest of all processes took, in kB."""

    results: dict[str, Result]
    peak: int


@pytest.fixture(scope="module")
def graded(odd_class: Class) -> dict[str, Result]:
    """Give the results by student."""
    return odd_class.results


@pytest.fixture(scope="module")
def odd_class(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Grade all of them as one class, with a folder that looks like a package and one with files of pytest's."""
    root, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    for name, data in RIGHT_ONES.items() | {name: data for name, (data, _) in WRONG_ONES.items()}.items():
        (root / name).write_bytes(data)
    (root / "giga.py").touch()
    os.truncate(root / "giga.py", 1 << 30)
    traps = ("conftest.py", "torch.py", "sitecustomize.py", "pickle.py", "numpy/__init__.py", "pytest.ini", "setup.cfg")
    for name in ("folder/mini.py", "matplotlib/mini.py", *(f"folder/{trap}" for trap in traps)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(RIGHT if name.endswith("mini.py") else b"raise SystemExit('imported')\n")
    (root / "control").mkdir()
    (root / "control" / "mini.py").write_bytes(RIGHT)
    (root / "control" / ("\x01" * 90)).touch()
    command = (sys.executable, "-c", MEASURED, *GRADE)
    ran = grade("run", "mini", root, "-o", out, "--course", MINI, "--jobs", "2", command=command)
    assert ran.code == 0, ran.err
    return Class(results(out), int(ran.err.rpartition("peak ")[2]))


def test_what_python_or_jupyter_reads_is_graded(graded: dict[str, Result]) -> None:
    """A coding line, marks, old formats, ten thousand cells, megabytes of outputs and names of modules cost nothing."""
    students = [name.partition(".")[0] for name in RIGHT_ONES] + ["folder", "matplotlib"]
    found = {name: (graded[name].status, graded[name].score, graded[name].message) for name in students}

    assert found == dict.fromkeys(students, ("graded", 10.0, ""))


def test_what_cannot_be_read_gets_a_sentence(graded: dict[str, Result]) -> None:
    """The sentence says what the file is and how it has to be saved."""
    for name, (_, sentence) in WRONG_ONES.items():
        result = graded[name.partition(".")[0]]

        assert (result.status, result.score) == ("rejected", 0.0), (name, result.message)
        assert re.search(re.escape(sentence), result.message), (name, result.message)
    assert graded["giga"].message == "giga.py is too large: it has 1073.7 MB, and at most 20.0 MB are taken."
    assert graded["control"].message.startswith("A file's name is too long: it has 270 bytes")


def test_none_takes_long_or_much(odd_class: Class) -> None:
    """No odd file takes more than a few seconds of CPU, nor the trusted processes memory beyond what torch takes."""
    slow = {name: one.seconds.cpu for name, one in odd_class.results.items() if one.seconds.cpu > 5}

    assert slow == {}
    assert 100_000 < odd_class.peak < 1_000_000

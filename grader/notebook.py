"""A notebook's code cells, run in order as one module.

Runs in the worker, beside submitted code, and imports nothing of ours but the errors and the shell. nbformat
and IPython are dear to import, so they are imported where they are used; `warm` pays for them once, before a fork.
"""

from __future__ import annotations

import json
import linecache
import re
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.errors import Rejected
from grader.shell import Shell

MAX_TEXT = 1000
"""Characters kept of an exception's text: a student may put a whole tensor in it."""


@dataclass(frozen=True)
class Cell:
    """One code cell; `number` counts the code cells from 1, the empty ones too."""

    number: int
    source: str


@dataclass(frozen=True)
class CellFault:
    """Say what stopped a cell, and at which line of that cell, both as the student wrote them."""

    cell: int
    line: int | None
    type_name: str
    message: str
    source_line: str


def parse(data: bytes) -> list[Cell]:
    """Read the code cells of a notebook; raises `Rejected` with one sentence for the student."""
    notebook = _read(data)
    _require_python(notebook.get("metadata"))
    sources = [
        _clean(str(cell.get("source", "")).replace("\r\n", "\n").replace("\r", "\n"))
        for cell in notebook["cells"]
        if cell.get("cell_type") == "code"
    ]
    if not sources:
        raise Rejected("The notebook has no code cells.")
    if not any(source.strip() for source in sources):
        raise Rejected("The code cells of the notebook are all empty.")
    return [Cell(number, source) for number, source in enumerate(sources, start=1)]


def run(cells: Sequence[Cell], namespace: dict[str, Any], filename: str) -> list[CellFault]:
    """Execute each cell in `namespace`; one that raises costs only what it would have defined."""
    shell = provide_shell(namespace)
    faults = []
    for cell in cells:
        place = f"{filename}, cell {cell.number}"
        lines = cell.source.split("\n")
        # Without a time of change the entry is never compared with a file on disk, so it stays.
        linecache.cache[place] = (len(cell.source), None, [line + "\n" for line in lines], place)
        try:
            shell.run_source(cell.source, place)
        except BaseException as error:  # noqa: BLE001 - exit() and interrupts too cost only their cell
            faults.append(_fault(cell.number, place, lines, error))
    return faults


def provide_shell(namespace: dict[str, Any]) -> Shell:
    """Give a module `get_ipython` and `display`, as Jupyter does; a notebook saved as `.py` may call them."""
    import IPython.core.getipython
    import IPython.display

    shell = Shell(namespace)
    namespace["get_ipython"] = lambda: shell
    namespace["display"] = IPython.display.display
    for module in (IPython, IPython.core.getipython):
        vars(module)["get_ipython"] = namespace["get_ipython"]
    return shell


def warm() -> None:
    """Import and exercise once what `parse` and `run` need, for workers forked later; starts no thread."""
    magics = "%matplotlib inline\n!ls\nx = %time 1"
    output = "%%capture\ndisplay(x)\nawait __import__('asyncio').sleep(0)"
    cell: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [cell | {"source": source} for source in (magics, output)]
    # Each minor has a schema to compile; these are what Colab, Jupyter, VS Code and JupyterLab write.
    for minor in (0, 2, 4, 5):
        data = json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells})
        parsed = parse(data.encode())
    faults = run(parsed, {"__name__": "warm"}, "warm.ipynb")
    assert not faults, faults


def _read(data: bytes) -> dict[str, Any]:
    """Read a notebook of any version as version 4."""
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = data.decode("utf-8-sig")
            notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # theirs
    except UnicodeDecodeError as error:
        raise Rejected("The notebook cannot be read: it is not saved as UTF-8.") from error
    except nbformat.reader.NotJSONError as error:
        raise Rejected("The notebook cannot be read: it is not valid JSON.") from error
    except RecursionError as error:
        raise Rejected("The notebook cannot be read: its JSON is nested too deeply.") from error
    except Exception as error:  # nbformat has no one error for what is no notebook
        version = _version(text)
        if version not in _VERSIONS:
            raise Rejected(
                f"The notebook has the format version {version}, which is not known; save it as version 4."
            ) from error
        raise Rejected("The file is not a notebook: its JSON has not the form of one.") from error
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Rejected("The file is not a notebook: it has no list of cells.")
    return dict(notebook)


_VERSIONS = (1, 2, 3, 4, None)


def _version(text: str) -> int | None:
    """Read which version of the format a file claims to have, if it claims any."""
    facts = json.loads(text)
    version = facts.get("nbformat") if isinstance(facts, dict) else None
    return version if isinstance(version, int) and abs(version) < 10**9 else None


def _require_python(metadata: object) -> None:
    """Reject a notebook whose kernel names another language; one that names none is taken for Python."""
    facts = metadata if isinstance(metadata, dict) else {}
    kernel = facts["kernelspec"] if isinstance(facts.get("kernelspec"), dict) else {}
    info = facts["language_info"] if isinstance(facts.get("language_info"), dict) else {}
    language = kernel.get("language") or info.get("name")
    if not language and re.match(r"ir$|julia", str(kernel.get("name"))):
        language = kernel.get("display_name") or kernel["name"]
    if language and "python" not in str(language).lower():
        name = re.sub(r"[^\w .+#-]", "", _clean(str(language)))[:40]
        raise Rejected(f"The notebook is written in {name}; hand in one that runs on a Python kernel.")


def _fault(number: int, place: str, lines: list[str], error: BaseException) -> CellFault:
    """Find the innermost line of this cell that led to `error`."""
    line, text = None, None
    for frame, lineno in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == place:
            line = lineno
    try:
        if isinstance(error, SyntaxError) and error.filename == place:
            line, text = int(error.lineno or 1), error.msg
        source_line = lines[line - 1].strip()[:MAX_TEXT] if line and line <= len(lines) else ""
        message = _clean(str(error if text is None else text))[:MAX_TEXT]
        return CellFault(number, line, _clean(type(error).__name__), message, source_line)
    except BaseException:  # noqa: BLE001 - the student's exception class may raise whenever it is asked
        return CellFault(number, line, "Exception", "", "")


def _clean(text: str) -> str:
    """Replace lone surrogates, which JSON allows, and neither the compiler nor the wire can carry."""
    return text.encode("utf-8", "replace").decode()

"""The notebook that students get: the hand-out's sections, each above the cells that it speaks of.

The same hand-out and the same code give the same bytes: a cell's id follows from what it holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import Any

from grader.errors import UsageError
from grader.release.handout import Handout, Section, read_handout, split_code
from grader.release.parts import Part, parts_of

_CHECKING = """## Check it

Save the notebook, then run this cell: it checks what is in the file, with the public checks. If the file has another
name by now, change it here too."""
_CHECK = """import sys

!"{{sys.executable}}" -m grader check {slug}.ipynb"""
_LATER = "# When the parts above are written, take the comment signs away."


def notebook_of(slug: str, code: str, handout: str, contract: Collection[str]) -> str:
    """Make the notebook of an assignment from its stub (or from any other module of the same names)."""
    parts, pages = parts_of(code, contract), read_handout(handout)
    _refuse_strangers(slug, parts, pages)
    cells = [_text("intro", pages.intro)]
    told: set[int] = set()
    for number, part in enumerate(parts):
        for index, section in enumerate(pages.sections):
            if index not in told and set(section.names) & set(part.names):
                told.add(index)
                cells.append(_text(f"text-{section.names[0]}", section.text))
        cells.append(_code(f"code-{part.names[0]}" if part.names else f"code-{number}", part.text))
    for index, section in enumerate(pages.sections):
        if index not in told:
            cells += _closing(section)
    cells += [_text("text-check", _CHECKING), _code("code-check", _CHECK.format(slug=slug))]
    return json.dumps(_book(cells), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _refuse_strangers(slug: str, parts: Sequence[Part], pages: Handout) -> None:
    """Refuse a numbered section that names nothing: nobody would find what it speaks of."""
    defined = {name for part in parts for name in part.names}
    for section in pages.sections:
        if section.names and re.match(r"## \d", section.text) and not defined & set(section.names):
            heading = section.text.splitlines()[0]
            raise UsageError(f"README.md of {slug}: the solution defines nothing that is named in {heading!r}")


def _closing(section: Section) -> list[dict[str, Any]]:
    """Make cells of a section that belongs to no part: its Python is there to be tried at the end."""
    slug = re.sub(r"[^a-z0-9]+", "-", section.text.splitlines()[0].lower()).strip("-")[:40]
    cells = []
    for number, (text, is_code) in enumerate(split_code(section.text)):
        if is_code:
            commented = "\n".join(f"# {line}".rstrip() for line in text.splitlines())
            cells.append(_code(f"try-{slug}-{number}", f"{_LATER}\n{commented}"))
        else:
            cells.append(_text(f"text-{slug}-{number}", text))
    return cells


def _text(name: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name[:64], "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(name: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name[:64],
        "metadata": {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }


def _book(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}

"""Where in a student's file a name is defined, in the student's own counting."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path


def place_of(name: str, file: Path) -> str:
    """Say where a function, a class or a constant is defined; empty where it is not to be found."""
    place = ""
    for label, source in _sources(file):
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError):  # a cell with magics, say
            body = []
        for node in body:
            if name in _defined(node):  # the last one counts
                place = f"{label}line {node.lineno}"
    return f"{file.name}, {place}" if place else ""


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _sources(file: Path) -> Iterator[tuple[str, str]]:
    """Give the code of a file, or of each cell of a notebook with its number."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix.lower() != ".ipynb":
        yield "", text
        return
    cells = [cell for cell in json.loads(text)["cells"] if cell.get("cell_type") == "code"]
    for number, cell in enumerate(cells, start=1):
        source = cell.get("source", "")
        yield f"cell {number}, ", "".join(source) if isinstance(source, list) else str(source)

"""A module as the cells of a notebook: its statements in order, each with what it defines."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The text of one cell, and the names that it defines for the hand-out to speak of."""

    names: tuple[str, ...]
    text: str


def parts_of(text: str, contract: Collection[str]) -> list[Part]:
    """Take a module apart: a part for each function, class and constant of the contract; imports and the like together.

    The module's docstring is left out: in a notebook the introduction stands in its place.
    """
    lines = text.splitlines()
    body = ast.parse(text).body
    begin = 0
    if body and ast.get_docstring(ast.parse(text)) is not None:
        begin = body.pop(0).end_lineno or 0
    parts: list[Part] = []
    for node in body:
        end = node.end_lineno or 0
        part = Part(_defined(node, contract), "\n".join(lines[begin:end]).strip("\n"))
        if not part.names and parts and not parts[-1].names:
            part = Part((), f"{parts.pop().text}{_space(lines, begin)}{part.text}")
        parts.append(part)
        begin = end
    rest = "\n".join(lines[begin:]).strip("\n")
    if rest and parts:
        parts[-1] = Part(parts[-1].names, f"{parts[-1].text}\n{rest}")
    return parts


def _defined(node: ast.stmt, contract: Collection[str]) -> tuple[str, ...]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return (node.name,)
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return tuple(target.id for target in targets if isinstance(target, ast.Name) and target.id in contract)


def _space(lines: list[str], begin: int) -> str:
    """Keep one empty line between statements that had some between them."""
    return "\n\n" if begin < len(lines) and not lines[begin].strip() else "\n"

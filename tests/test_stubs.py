"""Stub and solution do not drift apart: one source, same names, signatures and docstrings, nothing given away."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

from grader.assignment import load
from grader.release.handout import read_handout
from grader.release.write import generated

ROOT = Path(__file__).resolve().parents[1]
SLUGS = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/solution.py"))

Outline = dict[str, tuple[str, str | None]]
"""By dotted name: the signature (of a class, its bases) and the docstring."""


def outline(tree: ast.Module) -> Outline:
    """List functions, classes and methods, each with what students read of it."""
    found: Outline = {}

    def add(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
                found[prefix + node.name] = f"({ast.unparse(node.args)}){returns}", ast.get_docstring(node)
            elif isinstance(node, ast.ClassDef):
                found[prefix + node.name] = ", ".join(map(ast.unparse, node.bases)), ast.get_docstring(node)
                add(node.body, f"{prefix}{node.name}.")

    add(tree.body, "")
    return found


def parts(tree: ast.Module) -> dict[str, str]:
    """Give the code of each function and class by name, without comments and formatting."""
    return {node.name: ast.unparse(node) for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def notebook_code(path: Path) -> list[str]:
    """Read the code cells of a notebook, but for the one that runs a command."""
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # theirs
    nbformat.validate(book)
    sources = [cell["source"] for cell in book["cells"] if cell["cell_type"] == "code"]
    return [source for source in sources if "\n!" not in source]


def stub_of(slug: str) -> ast.Module:
    """Parse the stub."""
    return ast.parse((ROOT / "assignments" / slug / f"{slug}.py").read_text())


def solution_of(slug: str) -> ast.Module:
    """Parse the solution."""
    return ast.parse((ROOT / "solutions" / slug / "solution.py").read_text())


def test_every_assignment_has_both_halves() -> None:
    """What is handed out has a solution, from which it is made, and the other way round."""
    handed_out = sorted(path.parent.name for path in (ROOT / "assignments").glob("*/assignment.toml"))

    assert handed_out == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_committed_is_what_is_generated(slug: str) -> None:
    """Stub, notebook and counts follow from solution and hand-out, byte for byte; `make stubs` writes them anew."""
    for name, text in generated(load(slug, ROOT)).items():
        assert (ROOT / "assignments" / slug / name).read_bytes() == text.encode(), f"stale: {name}; run make stubs"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_handout_has_a_section_for_each_name(slug: str) -> None:
    """Each name of the contract stands in the heading of a section, which the notebook shows above its cell."""
    handout = read_handout((ROOT / "assignments" / slug / "README.md").read_text())

    named = {name for section in handout.sections for name in section.names}
    assert set(load(slug, ROOT).names) <= named


@pytest.mark.parametrize("slug", SLUGS)
def test_signatures_and_docstrings(slug: str) -> None:
    """What the stub declares, the solution declares in the same words."""
    stub, solution = outline(stub_of(slug)), outline(solution_of(slug))

    assert {name: solution.get(name) for name in stub} == stub


@pytest.mark.parametrize("slug", SLUGS)
def test_contract_names(slug: str) -> None:
    """The stub defines every name of assignment.toml, and so does the solution."""
    names = tomllib.loads((ROOT / "assignments" / slug / "assignment.toml").read_text())["names"]

    for tree in (stub_of(slug), solution_of(slug)):
        constants = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        assert set(names) <= set(parts(tree)) | constants


@pytest.mark.parametrize("slug", SLUGS)
def test_gaps(slug: str) -> None:
    """A function of the stub is a gap, which raises NotImplementedError, or is given, as it is in the solution."""
    stub, solution = stub_of(slug), solution_of(slug)
    given = parts(solution)

    for node in stub.body:
        if isinstance(node, ast.FunctionDef) and not is_gap(node):
            assert ast.unparse(node) == given[node.name]
        if isinstance(node, ast.ClassDef) and ast.unparse(node) != given[node.name]:
            assert any(is_gap(method) for method in node.body if isinstance(method, ast.FunctionDef))


def is_gap(function: ast.FunctionDef) -> bool:
    """Whether a function has nothing but a docstring and `raise NotImplementedError`, at most after super()."""
    last = function.body[-1]
    return isinstance(last, ast.Raise) and "NotImplementedError" in ast.unparse(last) and len(function.body) <= 3


@pytest.mark.parametrize("slug", SLUGS)
def test_docstrings_exist(slug: str) -> None:
    """Every gap tells the student what to write."""
    missing = [name for name, (_, text) in outline(stub_of(slug)).items() if not text and "__init__" not in name]

    assert missing == []


@pytest.mark.parametrize("slug", SLUGS)
def test_notebook_has_the_same_gaps(slug: str) -> None:
    """The notebook's cells define what the stub's file defines, a part a cell, with text between."""
    cells = notebook_code(ROOT / "assignments" / slug / f"{slug}.ipynb")

    assert parts(ast.parse("\n".join(cells))) == parts(stub_of(slug))
    assert all(len([part for part in parts(ast.parse(cell)).values() if "NotImpl" in part]) <= 1 for cell in cells)


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_stubs_import_cleanly(slug: str, tmp_path: Path) -> None:
    """The file and the notebook's cells run from top to bottom without a word."""
    stub = (ROOT / "assignments" / slug / f"{slug}.py").read_text()
    cells = "\n".join(notebook_code(ROOT / "assignments" / slug / f"{slug}.ipynb"))
    command = [sys.executable, "-W", "error", "-c", f"exec({stub!r}, {{}}); exec({cells!r}, {{}})"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603 - our stubs

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

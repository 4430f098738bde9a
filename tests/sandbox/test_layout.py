"""The floors of the design, read off the sources: what may import what, and what no trusted module may call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.platforms.settings import PLATFORMS

ROOT = Path(grader.__file__).parent
UNPICKLERS = {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "code"}
RUNNERS = {"eval", "exec", "compile", "__import__"}
IN_WORKER = {
    "grader.sandbox.worker",
    "grader.sandbox.operations",
    "grader.sandbox.checkpoints",
    "grader.sandbox.figure",
    "grader.sandbox.plots",
    "grader.sandbox.values",
    "grader.sandbox.wire",
    "grader.sandbox.items",
    "grader.sandbox.unpacking",
    "grader.sandbox.archives",
    "grader.sandbox.source",
    "grader.sandbox.clutter",
    "grader.sandbox.loader",
    "grader.notebook",
    "grader.shell",
    "grader.errors",
}
TORCH_AT_IMPORT = {
    f"grader.sandbox.{name}" for name in ("checkpoints", "eager", "figure", "loader", "operations", "values", "worker")
}
TORCH_LATER = {"grader.sandbox.nursery", "grader.rubric", "grader.plugin"}


def modules() -> dict[str, ast.Module]:
    """Parse every module of ours, by its dotted name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def nodes(tree: ast.AST, *, inside: bool) -> Iterator[ast.AST]:
    """Walk over a module: with or without what is done only when a function is called, or by a type checker."""
    for child in ast.iter_child_nodes(tree):
        later = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if inside or not (later or typing):
            yield child
            yield from nodes(child, inside=inside)


def imports(name: str, *, inside: bool) -> set[str]:
    """List what a module imports, by dotted names; of ours, the modules that are meant."""
    found: set[str] = set()
    for node in nodes(MODULES[name], inside=inside):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports by a relative name"
            base = node.module or ""
            below = {f"{base}.{alias.name}" for alias in node.names}
            found |= (below & MODULES.keys()) or {base}
    return found


def ours(name: str, *, inside: bool) -> set[str]:
    """List which modules of ours a module imports."""
    return {found for found in imports(name, inside=inside) if found.split(".")[0] == "grader"}


def loaded_with(name: str) -> set[str]:
    """List every module that is loaded when one of ours is imported, packages above it included."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in MODULES:
            waiting += imports(one, inside=False)
            waiting += [one.rpartition(".")[0]] if "." in one else []
    return seen


def test_sources_are_all_found() -> None:
    """The sources that these tests read are the package's."""
    assert {"grader", "grader.cli", "grader.sandbox.wire", "grader.checks.remote", *IN_WORKER} <= MODULES.keys()


@pytest.mark.parametrize("name", ["grader.errors", "grader.pictures", "grader.sandbox.items", "grader.checks.text"])
def test_lowest_floor_imports_nothing_of_ours(name: str) -> None:
    """Errors, pictures, the counting of items and the cleaning of text stand on nothing of ours."""
    assert ours(name, inside=True) == set()


def test_results_stand_on_pictures_alone() -> None:
    """Results are read by everybody, and know nobody."""
    assert ours("grader.results", inside=True) == {"grader.pictures"}


def test_the_wire_stands_on_the_counting_of_items_alone() -> None:
    """What both sides speak imports nothing else of ours, but for the messages about archives."""
    assert ours("grader.sandbox.wire", inside=True) == {"grader.sandbox.items", "grader.sandbox.unpacking"}
    assert ours("grader.sandbox.unpacking", inside=True) == set()


@pytest.mark.parametrize("name", sorted(IN_WORKER))
def test_what_runs_in_a_worker_imports_only_its_own(name: str) -> None:
    """What runs beside submitted code imports nothing of the grading, the checks or the lockdown."""
    assert ours(name, inside=True) <= IN_WORKER


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("grader.sandbox")))
def test_sandbox_knows_nothing_of_grading(name: str) -> None:
    """The sandbox imports itself, the errors and the notebook, and nothing above it."""
    above = {
        found
        for found in ours(name, inside=True)
        if not found.startswith("grader.sandbox") and found not in ("grader.errors", "grader.notebook", "grader")
    }

    assert above == set()


PLATFORM_MODULES = sorted(f"grader.platforms.{name}" for name in PLATFORMS)


@pytest.mark.parametrize("name", [*PLATFORM_MODULES, "grader.platforms.answer", "grader.platforms.safe"])
def test_a_platform_reads_results_and_words(name: str) -> None:
    """What speaks to a platform knows results, their words and what lies there, and nothing of how they are made."""
    known = ("grader.platforms", "grader.report", "grader.results", "grader.errors", "grader.submission")

    assert {found for found in ours(name, inside=True) if not found.startswith(known)} == set()
    assert not {"grader.platforms.entry", "grader.platforms.one"} & ours(name, inside=True)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_torch_is_imported_only_where_tensors_are(name: str) -> None:
    """Only the checks, and what handles values in the sandbox, import torch; the command line never waits for it."""
    now = any(found.split(".")[0] == "torch" for found in imports(name, inside=False))
    later = any(found.split(".")[0] == "torch" for found in imports(name, inside=True))

    assert not now or name in TORCH_AT_IMPORT or name.startswith("grader.checks.")
    assert not later or name in TORCH_AT_IMPORT | TORCH_LATER or name.startswith("grader.checks.")


@pytest.mark.parametrize(
    "name",
    ["grader.cli", "grader.run_command", "grader.results", "grader.plugin", "grader.frames", "grader.submission"]
    + [name for name in MODULES if name.startswith(("grader.report", "grader.platforms", "grader.packaging"))],
)
def test_light_modules_load_nothing_heavy(name: str) -> None:
    """The command, the results and the reports load neither torch nor matplotlib nor numpy, by whatever way."""
    heavy = {found for found in loaded_with(name) if found.split(".")[0] in ("torch", "matplotlib", "numpy", "IPython")}

    assert heavy == set()


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"grader.sandbox.checkpoints"}))
def test_nothing_is_unpickled(name: str) -> None:
    """But for what reads a checkpoint in a worker, nothing imports an unpickler or calls torch's or numpy's load."""
    calls = {ast.unparse(node.func) for node in nodes(MODULES[name], inside=True) if isinstance(node, ast.Call)}
    loads = {
        call for call in calls if call.split(".")[0] in ("torch", "np", "numpy") and call.endswith(("load", "hub"))
    }

    unpicklers = {found.split(".")[0] for found in imports(name, inside=True)} & UNPICKLERS
    if unpicklers == {"yaml"}:  # a download's list is read as events, of which no object is made
        unpicklers = {call for call in calls if call.startswith("yaml.")} - {"yaml.parse"}
    assert unpicklers == set()
    assert loads == set()


@pytest.mark.parametrize("name", sorted(MODULES.keys() - IN_WORKER))
def test_trusted_side_runs_no_text(name: str) -> None:
    """On the trusted side nothing is evaluated, and only the course's own solution is imported from a path."""
    for node in nodes(MODULES[name], inside=True):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in RUNNERS
            assert not called.endswith(("exec_module", "run_path", "run_module")) or name == "grader.grading"


def test_only_a_worker_runs_notebooks() -> None:
    """What executes cells is imported by the worker, and by the nursery to warm it, alone."""
    importers = {name for name in MODULES if "grader.notebook" in ours(name, inside=True)}

    assert importers == {"grader.sandbox.worker", "grader.sandbox.nursery"}


def test_these_tests_see_what_they_forbid() -> None:
    """An import in a function, in a class and from a package is found; one for the type checker is told apart."""
    MODULES["grader.example"] = ast.parse(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import torch\n"
        "class C:\n    from grader.sandbox import wire\n"
        "def f():\n    import pickle\n    from grader import errors\n"
    )
    try:
        assert imports("grader.example", inside=False) == {"typing", "grader.sandbox.wire"}
        assert imports("grader.example", inside=True) == {
            "typing", "torch", "grader.sandbox.wire", "pickle", "grader.errors",
        }  # fmt: skip
        assert "msgspec" in loaded_with("grader.example")
    finally:
        del MODULES["grader.example"]


def test_checkpoints_are_read_by_the_operations_of_a_worker_alone() -> None:
    """Nobody else can call what unpickles, and only a worker calls the operations, by name."""
    users = {name for name in MODULES if "grader.sandbox.checkpoints" in imports(name, inside=True)}
    callers = {name for name in MODULES if "operations.OPERATIONS[" in ast.unparse(MODULES[name])}

    assert users == {"grader.sandbox.operations"}
    assert callers == {"grader.sandbox.worker"}

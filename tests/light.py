"""A course whose dear checks pass without being run: for the cases of a corpus that say nothing of them."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.results import Result
from tests.command import grade, results
from tests.corpus import Case

COURSE = Path(__file__).resolve().parents[1]


def graded_corpus(slug: str, cases: Sequence[Case], directory: Path) -> Mapping[str, Result]:
    """Grade a corpus once: with all checks those cases that may lose a dear one, or must pass it; lightly the rest.

    The pages of both lie in `directory`, in `full` and in `light`.
    """
    course, dear = light_course(slug, directory / "course")
    found: dict[str, Result] = {}
    full = [case for case in cases if _needs_all(case, dear)]
    light = [case for case in cases if case not in full]
    for name, some, at in (("full", full, COURSE), ("light", light, course)):
        if some:
            folder = directory / f"{name}-class"
            for case in some:
                shutil.copytree(case.folder, folder / case.name)
            ran = grade("run", slug, folder, "-o", directory / name, "--jobs", "2", "--course", at, seconds=1200)
            assert ran.code == 0, ran.err
            found |= results(directory / name)
    return found


def light_course(slug: str, course: Path) -> tuple[Path, frozenset[str]]:
    """Write a course without the work of the checks marked `@dear`, and name them."""
    for part in ("assignments", "solutions"):
        shutil.copytree(COURSE / part / slug, course / part / slug)
    path = course / "solutions" / slug / "checks.py"
    lines = path.read_text().splitlines(keepends=True)
    dear = [
        node
        for node in ast.parse("".join(lines)).body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(one, ast.Name) and one.id == "dear" for one in node.decorator_list)
    ]
    for node in reversed(dear):
        title = ast.get_docstring(node) or node.name
        lines[node.lineno - 1 : node.end_lineno] = [f"def {node.name}() -> None:\n", f"    {title.splitlines()[0]!r}\n"]
    path.write_text("".join(lines))
    return course, frozenset(node.name for node in dear)


def _needs_all(case: Case, dear: frozenset[str]) -> bool:
    """Tell whether a case says anything of a dear check: that it passes, too, where the case is a right one."""
    told = {*(case.lost or ()), *case.outcomes, *case.messages}
    return case.right or case.lost is None or bool(told & dear)

"""Put what students get where it belongs: beside the hand-out, or into a folder to be given out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from grader.assignment import FACTS, Assignment
from grader.errors import UsageError
from grader.release.book import notebook_of
from grader.release.regions import stub_of

HANDOUT = "README.md"


def generated(assignment: Assignment) -> dict[str, str]:
    """Make the files of the public folder that follow from the hidden one: stub, notebook, facts with their counts."""
    solution = assignment.solution_path
    stub = stub_of(_read(solution), _short(solution))
    missing = [name for name in assignment.names if name not in _defined(stub)]
    if missing:
        raise UsageError(f"{_short(solution)}: the stub does not define {missing[0]}, which {FACTS} names")
    facts = _set_line(_read(assignment.public / FACTS), "hidden_checks", str(count_checks(assignment.checks_path)))
    return {
        f"{assignment.slug}.py": stub,
        f"{assignment.slug}.ipynb": notebook_of(assignment.slug, stub, _handout(assignment), assignment.names),
        FACTS: facts,
    }


def regenerate(assignment: Assignment) -> list[Path]:
    """Write the generated files into the public folder; returns those that were not up to date."""
    changed = []
    for name, text in generated(assignment).items():
        path = assignment.public / name
        if not path.is_file() or path.read_bytes() != text.encode():
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def release(assignment: Assignment, directory: Path) -> list[str]:
    """Write what students get into a folder that is new, empty, or holds just this; returns the names."""
    files = {name: text.encode() for name, text in generated(assignment).items()}
    files[FACTS] = _set_line(files[FACTS].decode(), "slug", f'"{assignment.slug}"').encode()
    files[HANDOUT] = _handout(assignment).encode()
    files[assignment.public_checks_path.name] = assignment.public_checks_path.read_bytes()
    _refuse_others(directory, files)
    directory.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (directory / name).write_bytes(data)
    return sorted(files)


def count_checks(path: Path) -> int:
    """Count the checks of a file without running it."""
    body = ast.parse(_read(path)).body
    return sum(isinstance(node, ast.FunctionDef) and node.name.startswith("check_") for node in body)


def _refuse_others(directory: Path, files: dict[str, bytes]) -> None:
    """Refuse a folder that holds anything else, so that nothing is overwritten and nothing else is given out."""
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory} is no folder; name a new one")
    for path in sorted(directory.iterdir()) if directory.is_dir() else []:
        if path.name not in files:
            raise UsageError(f"{directory} is not empty: it holds {path.name}; name a new folder, or empty this one")
        if not path.is_file() or path.read_bytes() != files[path.name]:
            raise UsageError(f"{directory} holds another {path.name}; name a new folder, or empty this one")


def _defined(stub: str) -> set[str]:
    found: set[str] = set()
    for node in ast.parse(stub).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else []
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def _handout(assignment: Assignment) -> str:
    path = assignment.public / HANDOUT
    if not path.is_file():
        raise UsageError(f"the assignment {assignment.slug} is incomplete: there is no {path}")
    return _read(path)


def _set_line(facts: str, key: str, value: str) -> str:
    """Set a key of the facts in place, or add it below `title`; all else stays as its author wrote it."""
    line = f"{key} = {value}"
    pattern = re.compile(rf"^{key}\s*=.*$", re.MULTILINE)
    if pattern.search(facts):
        return pattern.sub(line, facts, count=1)
    anchor = "max_points" if key == "hidden_checks" else "title"
    return re.sub(rf"^{anchor}\s*=.*$", lambda found: f"{found[0]}\n{line}", facts, count=1, flags=re.MULTILINE)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _short(path: Path) -> str:
    """Name a hidden file as in the course: solutions/<slug>/solution.py."""
    return "/".join(path.parts[-3:])

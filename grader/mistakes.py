"""The catalogue of mistakes: `solutions/<slug>/mistakes/<mistake>.py`, each an overlay of the solution.

    \"\"\"The gradients are never cleared.

    Call optimizer.zero_grad() in each step: backward() adds to the gradients that are there.
    \"\"\"

    LOSES = ("check_train_follows_sgd",)

    def train(model, X, y, lr=0.05): ...

An overlay runs after the solution, in the same module: what it defines takes the place of the solution's, also where
the solution calls it. Its docstring holds the sentence that names the mistake, and after an empty line a hint.
`LOSES` lists the checks that it loses, just those; `MAY_LOSE` those that it loses with some random inputs and not
with others, or that other code with this mistake can pass; `INSTEAD_OF` the mistakes that answer alike but say less.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Mistake:
    """One known misconception; `source` is the code that makes it, as a submission."""

    slug: str
    sentence: str
    hint: str
    loses: tuple[str, ...]
    may_lose: tuple[str, ...]
    instead_of: tuple[str, ...]
    source: str

    def touches(self, check: str) -> bool:
        """Say whether a failure of the check may be put down to this mistake."""
        return check in self.loses or check in self.may_lose

    @property
    def advice(self) -> str:
        """What students read: the mistake, and what to do."""
        return f"{self.sentence} {self.hint}"


def read_catalogue(hidden: Path) -> tuple[Mistake, ...]:
    """Read the mistakes of an assignment's hidden folder, in order of name; UsageError where one is not well formed."""
    solution = (hidden / "solution.py").read_text(encoding="utf-8")
    found = tuple(_read(path, solution) for path in sorted((hidden / "mistakes").glob("*.py")))
    known = {mistake.slug for mistake in found}
    for mistake in found:
        for name in mistake.instead_of:
            if name not in known:
                raise UsageError(
                    f"mistakes/{mistake.slug}.py: INSTEAD_OF names {name!r}, which is not in the catalogue"
                )
    return found


def _read(path: Path, solution: str) -> Mistake:
    where = f"mistakes/{path.name}"
    if not _SLUG.fullmatch(path.stem):
        raise UsageError(f"{where}: a mistake is named in lower case with hyphens, such as lost-zero-grad.py")
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise UsageError(f"{where}, line {error.lineno}: {error.msg}") from None
    sentence, _, hint = (ast.get_docstring(tree) or "").partition("\n\n")
    if not sentence.strip() or not hint.strip():
        raise UsageError(f"{where}: the docstring holds a sentence, an empty line, and a hint for the student")
    loses, may_lose, instead_of = (_names(tree, name, where) for name in ("LOSES", "MAY_LOSE", "INSTEAD_OF"))
    if not loses:
        raise UsageError(f"{where}: LOSES lists the checks that the mistake loses, and lists none")
    source = f"{solution}\n\n{text}"
    return Mistake(path.stem, _one_line(sentence), _one_line(hint), loses, may_lose, instead_of, source)


def _names(tree: ast.Module, wanted: str, where: str) -> tuple[str, ...]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == wanted for t in node.targets):
            value: Any = ast.literal_eval(node.value)
            if not isinstance(value, (tuple, list)) or not all(isinstance(name, str) for name in value):
                raise UsageError(f"{where}: {wanted} is a tuple of names")
            return tuple(value)
    return ()


def _one_line(text: str) -> str:
    return " ".join(text.split())

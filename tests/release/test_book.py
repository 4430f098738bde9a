"""The notebook that is made from code and hand-out: its cells, in an order that reads and runs."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from grader.errors import UsageError
from grader.release.book import notebook_of

CODE = '''"""Doc."""

import math

LIMIT = 3


def given():
    """Is given."""
    return LIMIT


# How often.
@staticmethod
def first(x):
    """Do."""
    raise NotImplementedError


def second(x):
    """Do."""
    raise NotImplementedError


reflection = ""
'''
HANDOUT = """# Title

Intro.

## 1. Both: `first(x)` and `second`

$x^2$

```python
## no heading
```

## 2. Words: `reflection`

Write.

## Try it

So:

```python
first(1)

second(2)
```

The end.
"""


def cells(code: str = CODE, handout: str = HANDOUT) -> list[dict[str, Any]]:
    """Give the cells of the notebook that is made."""
    text = notebook_of("mini", code, handout, ("first", "second", "reflection"))
    nbformat.validate(nbformat.reads(text, as_version=4))  # type: ignore[no-untyped-call]  # theirs
    found: list[dict[str, Any]] = json.loads(text)["cells"]
    return found


def test_cells_come_in_the_order_of_the_code_with_their_sections_above() -> None:
    """Intro, what is given, each section once above the first cell that it names, then what else there is."""
    assert [cell["id"] for cell in cells()] == [
        "intro", "code-0", "code-given", "text-first", "code-first", "code-second", "text-reflection",
        "code-reflection", "text-try-it-0", "try-try-it-1", "text-try-it-2", "text-check", "code-check",
    ]  # fmt: skip


def test_each_cell_holds_its_part() -> None:
    """A comment goes with what follows it, a decorator too; a section with its mathematics; imports with constants."""
    found = {cell["id"]: "".join(cell["source"]) for cell in cells()}

    assert found["code-0"] == "import math\n\nLIMIT = 3"
    assert found["code-first"].startswith("# How often.\n@staticmethod\ndef first(x):")
    assert "$x^2$" in found["text-first"]
    assert "## no heading" in found["text-first"]
    assert found["try-try-it-1"].splitlines()[1:] == ["# first(1)", "#", "# second(2)"]


def test_the_same_gives_the_same_bytes() -> None:
    """Nothing in it is random or of the day, so that it can be committed."""
    assert cells() == cells()


def test_a_numbered_section_that_names_nothing_is_refused() -> None:
    """A heading with a name that the code does not define is a slip, and is told."""
    with pytest.raises(UsageError, match="`third`"):
        cells(handout=HANDOUT + "\n## 3. More: `third`\n\nText.\n")

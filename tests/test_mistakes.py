"""The catalogue is read strictly: a mistake that is not well formed is told by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.mistakes import read_catalogue

GOOD = '"""The sign\nis wrong.\n\nLook at it\nagain.\n"""\n\nLOSES = ("check_a",)\n\n\ndef f():\n    return -1\n'


@pytest.fixture
def hidden(tmp_path: Path) -> Path:
    """Make a hidden folder with a solution and no mistakes."""
    (tmp_path / "solution.py").write_text("def f():\n    return 1\n\n\ndef g():\n    return f()\n")
    (tmp_path / "mistakes").mkdir()
    return tmp_path


def test_a_mistake_is_read(hidden: Path) -> None:
    """Sentence and hint are one line each, and the code takes the place of the solution's, where it is called too."""
    (hidden / "mistakes" / "wrong-sign.py").write_text(GOOD)

    (found,) = read_catalogue(hidden)

    assert (found.slug, found.advice) == ("wrong-sign", "The sign is wrong. Look at it again.")
    assert (found.loses, found.may_lose, found.instead_of) == (("check_a",), (), ())
    namespace: dict[str, object] = {}
    exec(found.source, namespace)  # noqa: S102 - our own text
    assert namespace["g"]() == -1  # type: ignore[operator]  # a function


def test_without_a_catalogue_there_are_no_mistakes(hidden: Path) -> None:
    """An assignment need not have one."""
    (hidden / "mistakes").rmdir()

    assert read_catalogue(hidden) == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Wrong_Sign.py", GOOD, "lower case with hyphens"),
        ("a.py", "def f(:\n", r"mistakes/a\.py, line 1"),
        ("a.py", 'LOSES = ("check_a",)\n', "a sentence, an empty line, and a hint"),
        ("a.py", '"""Only a sentence."""\nLOSES = ("check_a",)\n', "a sentence, an empty line, and a hint"),
        ("a.py", '"""A.\n\nB.\n"""\n', "lists none"),
        ("a.py", '"""A.\n\nB.\n"""\nLOSES = "check_a"\n', "a tuple of names"),
        ("a.py", GOOD + 'INSTEAD_OF = ("nobody",)\n', "not in the catalogue"),
    ],
)
def test_what_is_not_well_formed_is_told(hidden: Path, name: str, text: str, said: str) -> None:
    """One sentence says which file is wrong, and what would be right."""
    (hidden / "mistakes" / name).write_text(text)

    with pytest.raises(UsageError, match=said):
        read_catalogue(hidden)

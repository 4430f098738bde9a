"""Regions of a solution: what becomes of them, and that what is no region is refused with its line."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.release.regions import filled, hidden_lines, stub_of

SOLUTION = '''"""Doc."""

import torch


def double(x):
    """Return 2 x."""
    ### BEGIN SOLUTION
    y = 2 * x

    return y
    ### END SOLUTION


### BEGIN SOLUTION
### STUB: reflection = ""
reflection = "I have seen a lot."
### END SOLUTION
'''
STUB = '''"""Doc."""

import torch


def double(x):
    """Return 2 x."""
    raise NotImplementedError


reflection = ""
'''


def test_a_region_becomes_a_gap() -> None:
    """In a function it is a `raise`; at the top level it is what the region says; all else stays as it is."""
    assert stub_of(SOLUTION, "s.py") == STUB


def test_the_filled_module_has_no_marks() -> None:
    """Without the marks the solution is what a student would have written."""
    assert filled(SOLUTION).count("#") == 0
    assert 'reflection = "I have seen a lot."' in filled(SOLUTION)


def test_hidden_lines_are_those_inside() -> None:
    """What a release may not hold is the lines between the marks, and not what stands in their place."""
    assert hidden_lines(SOLUTION, "s.py") == {"y = 2 * x", "return y", 'reflection = "I have seen a lot."'}


def test_a_region_may_say_what_it_becomes() -> None:
    """In a function too, and in several lines, with their indentation; nothing after the mark leaves nothing."""
    text = (
        "class Net:\n    def __init__(self):\n        ### BEGIN SOLUTION\n        ### STUB: super().__init__()\n"
        "        ### STUB: if True:\n        ### STUB:     raise NotImplementedError\n        self.x = 1\n"
        "        ### END SOLUTION\n\n### BEGIN SOLUTION\n### STUB:\ndef helper():\n    return 1\n### END SOLUTION\n"
    )

    assert stub_of(text, "s.py") == (
        "class Net:\n    def __init__(self):\n        super().__init__()\n        if True:\n"
        "            raise NotImplementedError\n\n"
    )


def test_a_region_deep_in_a_function_keeps_its_indentation() -> None:
    """The gap stands where the region began."""
    text = "def f(x):\n    for i in x:\n        ### BEGIN SOLUTION\n        print(i)\n        ### END SOLUTION\n"

    assert stub_of(text, "s.py") == "def f(x):\n    for i in x:\n        raise NotImplementedError\n"


B, E = "    ### BEGIN SOLUTION\n", "    ### END SOLUTION\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"def f():\n{B}    return 1\n", 2, "has no ### END SOLUTION"),
        (f"def f():\n{B}    return 1\n{B}{E}{E}", 4, "begins inside the one of line 2"),
        (f"def f():\n    return 1\n{E}", 3, "stands outside"),
        ("def f():\n    ### STUB: x\n    return 1\n", 2, "stands outside"),
        (f"def f():\n    x = 1\n{B}{E}", 3, "empty"),
        (f"def f():\n    x = 1\n{B}    # a comment\n{E}", 3, "empty"),
        (f"def f():\n{B}    return 1\n### END SOLUTION\n", 4, "indented otherwise"),
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n", 1, "### STUB:"),
        (f"class C:\n{B}    x = 1\n{E}", 2, "### STUB:"),
        ("def f():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n", 2, "not quite a mark"),
        ("def f():\n    ### begin solution\n    return 1\n    ### end solution\n", 2, "not quite a mark"),
        ("def f():\n    return 1  ### BEGIN SOLUTION\n", 2, "not quite a mark"),
        ("def f(:\n", 1, "invalid syntax"),
    ],
)
def test_what_is_no_region_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    """Nothing is given away by a slip of the pen: file and line are named, and what is wrong."""
    with pytest.raises(UsageError, match=rf"^s\.py, line {line}: ") as caught:
        stub_of(text, "s.py")

    assert words in str(caught.value)


def test_a_solution_without_a_region_is_refused() -> None:
    """Else all of it would be given out."""
    with pytest.raises(UsageError, match="whole solution"):
        stub_of("def f():\n    return 1\n", "s.py")


def test_a_stub_that_is_no_python_is_refused() -> None:
    """What a region says in its place has to be Python."""
    with pytest.raises(UsageError, match=r"stub made of s\.py, line 1"):
        stub_of("### BEGIN SOLUTION\n### STUB: x = = 1\nx = 1\n### END SOLUTION\n", "s.py")

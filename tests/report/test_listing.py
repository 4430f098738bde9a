"""Where names are defined in a graded file, whatever stands in it, and the lines round a place."""

from __future__ import annotations

import json
import time

import pytest

from grader.report.listing import definitions_of, excerpt_of
from grader.results import Place, Source

QUOTES = """\
relu = 1  # don't ''' stop
note = "it's \\" ''' "
'''
relu = the best
\\'''
tanh = x
'''
x = \"""
def sigmoid():
\"""
def last(a=\"""b\"""): pass
open = \"""
never = closed
"""

ANSWERS = '''\
answer = \'\'\'
lr = 0.1
def f(x): """ it's
\'\'\'
# it's a """ comment
text = 'one \\
two = 2' + "\'\'\'"
also = """
lr = 0.2 \\"""
momentum = 0.9
"""
def g(x):
    \'\'\'
lr = 0.3
'''


@pytest.mark.parametrize(("line", "shown"), [
    (1, [1, 2, 3]), (2, [1, 2, 3, 4]), (4, [2, 3, 4, 5, 6]), (8, [6, 7, 8]), (9, None),
])  # fmt: skip
def test_an_excerpt_is_a_line_with_two_on_either_side(line: int, shown: list[int] | None) -> None:
    """As far as the file goes; beyond it there is none."""
    excerpt = excerpt_of(Source(name="hw.py", text="a = 1\n" * 8), Place(line=line))

    assert (excerpt and [one.number for one in excerpt.lines]) == shown
    assert excerpt is None or (excerpt.title, excerpt.anchor) == (f"Line {line}", f"line-{line}")


def test_many_definitions_take_little_time() -> None:
    """A file of nothing else costs its student's own time, not ours."""
    start = time.process_time()

    assert definitions_of(Source(name="hw.py", text="a=1\n" * 64_000))["a"].line == 64_000
    assert time.process_time() - start < 1


@pytest.mark.parametrize(("text", "defined"), [
    (QUOTES, {"relu": 1, "note": 2, "x": 8, "last": 11, "open": 12}),
    (ANSWERS, {"answer": 1, "text": 6, "also": 8, "g": 12}),
])  # fmt: skip
def test_words_define_nothing(text: str, defined: dict[str, int]) -> None:
    """What stands in a string or in a comment is no definition, wherever a quote stands in the other kind.

    A string that nobody closes goes on to the end, as Python reads it.
    """
    found = definitions_of(Source(name="hw.py", text=text))

    assert {name: place.line for name, place in found.items()} == defined


@pytest.mark.parametrize("piece", ["\\'", "'\\\n", '"""\\', "'''\"\"\"", "\\", "'", "x = '''\n"])
def test_no_text_takes_long_to_be_read(piece: str) -> None:
    """A quarter of a million characters of quotes are read in a moment."""
    began = time.process_time()

    definitions_of(Source(name="hw.py", text=piece * (250_000 // len(piece))))

    assert time.process_time() - began < 5


def test_definitions_are_found_in_cells_that_do_not_parse() -> None:
    """A magic, or a syntax error, hides no definition of a notebook."""
    cells = [
        {"kind": "code", "source": "%matplotlib inline\ndef f(x):\n  return (\n"},
        {"kind": "markdown", "source": "x"},
    ]
    more = [{"kind": "code", "source": "class Net:\n  a = 1\nnet: object = Net()\nif net == 3:\n  pass\n"}]

    found = definitions_of(Source(name="hw.ipynb", text=json.dumps(cells + more)))

    assert found == {"f": Place(line=2, cell=1), "Net": Place(line=1, cell=2), "net": Place(line=3, cell=2)}

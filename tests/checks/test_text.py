"""Text of submitted code is made fit to be shown, whatever it holds, in time that grows with its length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.text import MAX_MESSAGE, clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é ∑ 漢\nsecond line", "plain é ∑ 漢\nsecond line"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never closed", ""),
        ("a\x1b", "a "),
        ("\x1b\x1b[31m[31m", " [31m"),
        ("a\x00b\x07c\rd\te\x7ff\x85g", "a b c d e f g"),
        ("user\u202egnp.exe", "user gnp.exe"),
        ("\u2066\u200f\ufeffx", "   x"),
        ("lone \ud800 half", "lone   half"),
        ("<Net object at 0x7f3a2b1c>", "<Net object at 0x…>"),
        ("0x10 stays", "0x10 stays"),
        ("", ""),
    ],
)
def test_hostile_characters_are_dropped(text: str, shown: str) -> None:
    """Escapes, control, bidirectional and half characters do not reach a page or a terminal; addresses are masked."""
    assert clean(text) == shown


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.text(alphabet=st.characters() | st.sampled_from("\x1b[]0x;m\x07\\\u202e\ud800"), max_size=200),
    st.integers(1, 50),
)
def test_whatever_comes_is_short_and_harmless(text: str, most: int) -> None:
    """Any text comes out no longer than asked, encodable, and without a character that acts."""
    shown = clean(text, most)

    assert len(shown) <= most
    assert {unicodedata.category(character) for character in shown.replace("\n", "")} & {"Cc", "Cf", "Cs"} == set()
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        "\x1b[" * 5_000_000,
        "\x1b[" + "0" * 10_000_000,
        "\x1b]" + "0" * 10_000_000,
        "\x1b]0;" * 2_500_000,
        "0x" + "a" * 10_000_000 + "g",
        "0x" * 5_000_000,
        "\u202e" * 10_000_000,
    ],
    ids=["plain", "escapes", "escape without end", "title without end", "titles", "address", "addresses", "bidi"],
)
def test_ten_megabytes_take_no_time(text: str) -> None:
    """A message of ten million characters is cut before it is looked at; so are the 64 KiB of output."""
    start = time.process_time()

    shown = [clean(text), clean(text, 65536)]

    assert time.process_time() - start < 1.0
    assert [len(one) <= most for one, most in zip(shown, (MAX_MESSAGE, 65536), strict=True)] == [True, True]


def test_time_grows_with_the_length_alone() -> None:
    """Even uncut, a text made to make patterns backtrack takes at most in proportion."""
    seconds = []
    for size in (200_000, 800_000):
        start = time.process_time()
        for text in ("\x1b[" + "0" * size, "0x" + "a" * size + "g", "\x1b]" * (size // 2)):
            clean(text, size)
        seconds.append(time.process_time() - start)

    assert seconds[1] < 12 * seconds[0] + 0.1


def test_cut_is_marked() -> None:
    """A text that was cut ends in an ellipsis and has just the length that is allowed; one that fits is whole."""
    assert clean("x" * 11, 10) == "x" * 9 + "…"
    assert clean("x" * 10, 10) == "x" * 10

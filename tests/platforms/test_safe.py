"""The rules that keep an answer readable on every platform."""

from __future__ import annotations

import json
import math
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.platforms import safe

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES)
def test_whatever_is_told_is_strict_json_in_ascii_in_one_line(value: object) -> None:
    """Nothing that a student writes makes it another number of lines, another value, or no JSON."""
    data = safe.encode(value)

    assert data.isascii()
    assert b"\n" not in data
    assert b"\\u0000" not in data
    json.loads(data, parse_constant=lambda name: pytest.fail(name))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_score(value: float) -> None:
    """NaN and Inf are refused, and not told as something else."""
    with pytest.raises(ValueError, match="no score"):
        safe.encode({"score": value})


def test_a_string_is_cut_below_what_gradescope_cuts() -> None:
    """Its middle would else be taken out by the platform, with whatever it held."""
    assert len(safe.text("é" * 200_000)) <= safe.MOST_CHARACTERS
    assert safe.text("\x00a\x1b[31mb\u202ec\n") == "abc"


@pytest.mark.parametrize(
    ("score", "most", "expected"), [(3, 4, 0.75), (5, 4, 1.0), (-1, 4, 0.0), (0, 0, 0.0), (1, 3, 0.3333)]
)
def test_a_fraction_lies_between_0_and_1(score: float, most: float, expected: float) -> None:
    """Bonus above all points and points below none are cut; of nothing there is no part."""
    assert safe.fraction(score, most) == expected


@pytest.mark.parametrize(
    ("points", "scale", "expected"), [(0.5, 1, 1), (2.5, 1, 3), (0.125, 100, 13), (1.005, 100, 101)]
)
def test_whole_numbers_are_rounded_half_up(points: float, scale: int, expected: int) -> None:
    """As people round: neither to even nor by what a binary fraction happens to be."""
    assert safe.whole(points, scale) == expected


@given(st.lists(st.text()))
def test_html_is_xml_with_one_root(texts: list[str]) -> None:
    """No text of a student's opens a tag, and every parser of XML takes it."""
    shown = fromstring(safe.fragment(safe.element("p", text) for text in texts))  # noqa: S314 - our own

    assert shown.tag == "div"
    assert [one.tag for one in shown] == ["p"] * len(texts)
    assert [list(one) for one in shown] == [[] for _ in texts]


def test_a_result_is_put_whole_and_what_was_there_is_cleared(tmp_path: Path) -> None:
    """The folder is made where it is not there; clearing what is not there is no error."""
    path = tmp_path / "results" / "results.json"
    safe.clear([path, tmp_path / "a file" / "below"])
    safe.put(path, b"{}")

    assert [one.name for one in path.parent.iterdir()] == ["results.json"]
    safe.clear([path])
    assert not path.exists()


def test_all_is_cleared_that_can_be(tmp_path: Path) -> None:
    """Where one place cannot be cleared, which is an error, no other keeps what was there."""
    (tmp_path / "result.json").mkdir()
    (tmp_path / "body.md").touch()

    with pytest.raises(OSError, match=r"result\.json"):
        safe.clear([tmp_path / "result.json", tmp_path / "body.md"])

    assert not (tmp_path / "body.md").exists()

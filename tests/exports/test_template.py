"""Templates are read as a CSV reader reads them, and numbers and names are written as one can read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exports.cells import number_cell, two_names
from grader.exports.fill import plain_name
from grader.exports.template import DELIMITERS, Template, read_template, records
from grader.report.text import cell

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True, database=None)


@SETTINGS
@given(st.text(alphabet='ab ",;\t\r\n=é', max_size=60), st.sampled_from(DELIMITERS))
def test_cells_are_those_of_a_csv_reader(text: str, delimiter: str) -> None:
    """Whatever the text, where no quote is left open."""
    try:
        wanted = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        list(csv.reader(io.StringIO(f"{text}\n", newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return
    found = [[one.value for one in row] for row in records(text, delimiter)]

    assert found == [row for row in wanted if len(row) > 1 or "".join(row).strip()]


@SETTINGS
@given(
    st.lists(st.lists(st.text(alphabet='a1 ",;\t\r\né', max_size=5), min_size=2, max_size=4), min_size=2, max_size=4),
    st.sampled_from(DELIMITERS),
    st.text(alphabet='x,;"\n\t', max_size=4),
    st.booleans(),
)
def test_filling_changes_one_cell_alone(rows: list[list[str]], delimiter: str, value: str, quoted: bool) -> None:
    """The rest is read back as it was; a row that was too short becomes long enough."""
    file = io.StringIO(newline="")
    if quoted:
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    cells = tuple(records(file.getvalue(), delimiter))
    template = Template("x.csv", file.getvalue(), delimiter, cells)
    data = template.filled({(1, 3): value})
    wanted = [list(row) for row in rows]
    wanted[1] += [""] * (4 - len(wanted[1]))
    wanted[1][3] = value

    assert list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)) == wanted


def test_a_template_of_many_rows_is_read_at_once(tmp_path: Path) -> None:
    """Ten thousand rows are no work, an open quote neither."""
    path = tmp_path / "large.csv"
    path.write_text("Student,ID\n" + '"Doe, ""J""",1\n' * 10_000)

    assert len(read_template(path).rows) == 10_001
    assert records('"' + 'a""' * 100_000, ",") == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (float("-inf"), ""),
        (0.0, "0"),
        (-0.00001, "0"),
        (100.0, "100"),
        (17.5, "17.5"),
        (1 / 3, "0.3333"),
        (1e-7, "0"),
        (1e16, "10000000000000000"),
    ],
)
def test_a_number_has_four_decimals_and_no_exponent(value: float | None, text: str) -> None:
    """What is unknown is empty."""
    assert number_cell(value) == text
    assert number_cell(value, comma=True) == text.replace(".", ",")


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@x", "\t=1", "\n=1", " =1", "\u00a0=1", "\u3000+1", "＝1", "＠x", "﹢1", "\u22121", "\u200b=1"],  # noqa: RUF001
)
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    """In front of it stands a quote, which a spreadsheet takes for text; behind spaces and in wide forms too."""
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Doe, Jane", "O'Brien", "1-1", "'=1", "山田", "a=b", " a"])
def test_what_is_harmless_stays(text: str) -> None:
    """Other names are written as they are."""
    assert cell(text) == text


def test_names_are_told_in_parts_and_compared_in_one_form() -> None:
    """`Doe, Jane` is `Jane Doe`; the last word is the last name where no comma says otherwise."""
    assert [two_names(name) for name in ("Doe, Jane A", "Jane A Doe", "Jane", "")] == [
        ("Doe", "Jane A"), ("Doe", "Jane A"), ("Jane", ""), ("", ""),
    ]  # fmt: skip
    assert plain_name("DOE,  Jane") == plain_name("Jane Doe") == "jane doe"

"""What a class page adds to results: marks, attempts, lateness, copies, and what needs a person's eye."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from grader.report.findings import Finding, findings_of, others_of, remarks_of
from grader.report.overview import class_view
from grader.report.pages import render_index
from grader.report.row import Record, Row, row_of
from grader.report.table import grades_csv

if TYPE_CHECKING:
    from tests.report.conftest import MakeCheck, MakeResult, Page

EVIL = "<img src=x onerror=alert(1)>\x1b[31m\u202e"
MakeRow = Callable[..., Row]


@pytest.fixture
def make_row(make_check: MakeCheck, make_result: MakeResult) -> MakeRow:
    """Give a maker of rows: a name, how the check ended, and what the record says otherwise than nothing special."""

    def make(name: str, outcome: str = "passed", status: str = "graded", **record: Any) -> Row:
        row = row_of(make_result(make_check("check_a", outcome), name=name, student=name.title(), status=status))
        base: dict[str, Any] = {
            "points": row.score,
            "why": "",
            "attempt": 1,
            "attempts": 1,
            "late": None,
            "days_late": 0,
            "untimed": False,
            "submitted_at": "",
            "notes": (),
            "gone": False,
            "same": (),
        }
        return dataclasses.replace(row, record=Record(**{**base, **record}))

    return make


def _found(rows: list[Row]) -> list[Finding]:
    return list(findings_of(rows))


def test_a_class_with_nothing_special_has_no_findings(make_row: MakeRow, read_page: Callable[[str], Page]) -> None:
    """Nothing is asked for, and the page has neither marks nor remarks."""
    rows = [make_row("amy"), make_row("bob", "failed")]
    page = read_page(render_index(rows, assignment_title="x"))

    assert _found(rows) == []
    assert "Needs a person" not in page.text
    assert "remarks" not in page.text
    assert "mark" not in [head for head in page.inside["th"] if head]


def test_each_end_that_may_be_ours_is_one_line(make_row: MakeRow) -> None:
    """Ends are counted by status, our own faults first, with five names and how many more."""
    rows = [make_row(f"t{at}", "skipped", "timed_out") for at in range(7)]
    rows += [make_row("eve", "internal_error", "not_graded"), make_row("rob", "skipped", "rejected")]
    rows += [make_row("mem", "skipped", "out_of_memory"), make_row("cra", "skipped", "crashed"), make_row("amy")]

    assert [f"{one.what}: {one.names}" for one in _found(rows)] == [
        "1 not graded: Eve",
        "7 timed out: T0, T1, T2, T3, T4 and 2 more",
        "1 out of memory: Mem",
        "1 crashed: Cra",
        "1 rejected: Rob",
    ]


def test_a_check_that_all_fail_is_found(make_row: MakeRow) -> None:
    """Where two or more ran a check and none passed, the check may be what is wrong; skipped is not failed."""
    failed, skipped, passed = make_row("amy", "failed"), make_row("bob", "skipped"), make_row("cem")

    assert _found([failed, make_row("dan", "raised"), skipped]) == [Finding("nobody passed 1 check", "check_a")]
    assert _found([failed, skipped]) == []
    assert _found([failed, make_row("dan", "raised"), passed]) == []


def test_checks_of_a_mistake_are_listed_without_their_full_stops(
    make_check: MakeCheck, make_result: MakeResult
) -> None:
    """Titles are sentences; between semicolons they end in nothing else."""
    checks = [make_check(name, "failed", title=f"{name} is right.", mistake="sign-wrong") for name in ("a", "b")]

    (mistake,) = class_view([row_of(make_result(*checks))], "x").mistakes

    assert mistake.checks == ("a is right", "b is right")


def test_copies_are_named_to_each_of_them(make_row: MakeRow) -> None:
    """Each group is one finding, and each row names the others."""
    same, many = ("Amy", "Bob", "Cem"), tuple(f"S{at:02}" for at in range(20))
    rows = [make_row(name, same=same) for name in ("amy", "bob", "cem")]
    crowd = [make_row(name.lower(), same=many) for name in many]

    assert _found([*rows, *crowd]) == [
        Finding("3 handed in the same files", "Amy, Bob, Cem"),
        Finding("20 handed in the same files", "S00, S01, S02, S03, S04 and 15 more"),
    ]
    assert [others_of(row) for row in rows] == ["Bob, Cem", "Amy, Cem", "Amy, Bob"]
    assert others_of(crowd[0]) == "S01, S02, S03, S04, S05 and 14 more"
    assert others_of(crowd[-1]) == "S00, S01, S02, S03, S04 and 14 more"


def test_many_groups_of_copies_are_counted(make_row: MakeRow) -> None:
    """Five groups are told, the others counted."""
    rows = [make_row(f"s{at}", same=(f"S{at}", f"T{at}")) for at in range(8)]

    assert len(_found(rows)) == 6
    assert _found(rows)[-1].what == "3 more groups handed in the same files"


def test_what_the_record_says_is_found(make_row: MakeRow) -> None:
    """A mark that is not known, a time that is not, a student who is gone, and notes of the layout."""
    rows = [
        make_row("amy", points=None, why="Attempt 2 of 2 could not be graded."),
        make_row("bob", untimed=True),
        make_row("cem", gone=True),
        make_row("dan", notes=("Handed in twice.",)),
    ]

    assert [one.what for one in _found(rows)] == [
        "1 with a score and no mark yet",
        "1 without a time of submission, taken to be in time",
        "1 not in the last class",
        "1 with a note on how it was handed in",
    ]


def test_remarks_say_what_is_special(make_row: MakeRow) -> None:
    """Lateness, attempts, copies and notes stand in the row; a plain row has none."""
    row = make_row("amy", late=True, days_late=3, attempt=1, attempts=2, gone=True, same=("Amy", "Bob"), notes=("N.",))

    assert remarks_of(row) == ("late, 3 days", "attempt 1 of 2", "not in the last class", "same files as Bob", "N.")
    assert remarks_of(make_row("bob")) == ()
    assert remarks_of(make_row("cem", late=True, days_late=1)) == ("late",)


@pytest.mark.parametrize(("points", "marked", "shown"), [(2.0, False, False), (2.0, True, True), (1.5, False, True)])
def test_marks_are_shown_where_there_is_a_policy_or_a_difference(
    make_row: MakeRow, points: float, marked: bool, shown: bool
) -> None:
    """A column that only repeats the scores is left out."""
    assert class_view([make_row("amy", points=points)], "x", marked=marked).marked is shown


def test_a_mark_stands_beside_the_score(make_row: MakeRow, read_page: Callable[[str], Page]) -> None:
    """The page shows score, mark and the reason; a mark that nobody knows sorts apart."""
    rows = [make_row("amy", points=1.5, why="1 day late: 0.5 points off."), make_row("bob", points=None)]
    amy, bob = class_view(rows, "x").rows
    text = read_page(render_index(rows, assignment_title="x")).text

    assert (amy.score, amy.mark, amy.why) == ("2 / 2", "1.5", "1 day late: 0.5 points off.")
    assert (bob.mark, bob.mark_key) == ("not known", "")
    assert "1 day late: 0.5 points off." in text


def test_the_table_adds_its_columns_at_the_end(make_row: MakeRow) -> None:
    """What was there stays where it was; marks and what is known of the hand-in follow."""
    rows = [
        make_row("amy", points=1.5, why="Why.", late=True, attempts=2, submitted_at="2026-03-01", same=("Amy", "Bob")),
        make_row("eve", "internal_error", "not_graded", gone=True, notes=("One.", "=Two."), late=False),
    ]
    head, *table = csv.reader(io.StringIO(grades_csv(rows).decode(), newline=""), strict=True)

    assert head[:7] == ["id", "student", "status", "score", "max_score", "check_a", "message"]
    assert [dict(zip(head[7:], row[7:], strict=True)) for row in table] == [
        {
            "mark": "1.5",
            "why": "Why.",
            "late": "yes",
            "attempt": "1",
            "attempts": "2",
            "submitted_at": "2026-03-01",
            "in_last_class": "yes",
            "same_files_as": "Bob",
            "notes": "",
        },
        {
            "mark": "",
            "why": "",
            "late": "no",
            "attempt": "1",
            "attempts": "1",
            "submitted_at": "",
            "in_last_class": "no",
            "same_files_as": "",
            "notes": "One. =Two.",
        },
    ]


def test_hostile_names_and_notes_are_inert(make_row: MakeRow, read_page: Callable[[str], Page]) -> None:
    """What students chose appears as text, without controls, in the page, the table and the end of a run."""
    rows = [make_row("amy", notes=(EVIL,), same=("Amy", EVIL), why=EVIL, submitted_at=f"={EVIL}", points=1.0)]
    html = render_index(rows, assignment_title="x")
    page = read_page(html)
    (row,) = csv.DictReader(io.StringIO(grades_csv(rows).decode(), newline=""), strict=True)

    assert page.all("img") == []
    assert "onerror" in page.text
    assert row["submitted_at"].startswith("'=")
    for text in (html, grades_csv(rows).decode(), *(one.names for one in _found(rows)), *remarks_of(rows[0])):
        assert "\x1b" not in text
        assert "\u202e" not in text

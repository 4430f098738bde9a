"""The index of a class, the table of grades, and the files that a run leaves."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import GradeError
from grader.pictures import Feedback
from grader.report.overview import class_view
from grader.report.pages import render_index
from grader.report.row import Row, row_of
from grader.report.table import grades_csv
from grader.report.text import block, line, number
from grader.report.write import settings_of, write_class, write_submission
from grader.results import Evidence, GradedSubmission, read_result

if TYPE_CHECKING:
    from tests.report.conftest import MakeCheck, MakeResult, Page


@pytest.fixture
def klass(make_check: MakeCheck, make_result: MakeResult) -> list[Row]:
    """Give a class of six: two of them with full score, one not graded, one rejected, one timed out."""
    ends = {
        "ann": ("passed", "passed"),
        "bob": ("passed", "passed"),
        "cyd": ("passed", "failed"),
        "dan": ("skipped", "skipped"),
        "eve": ("internal_error", "passed"),
        "fay": ("raised", "skipped"),
    }
    status = {"dan": "rejected", "eve": "not_graded", "fay": "timed_out"}
    return [
        row_of(
            make_result(
                make_check("check_a", first),
                make_check("check_b", second, visibility="hidden"),
                name=name,
                student=name.title(),
                status=status.get(name, "graded"),
                message=f"Why {name}." if name in status else "",
            )
        )
        for name, (first, second) in ends.items()
    ]


def _table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def test_counts_by_status(klass: list[Row]) -> None:
    """Each status is counted, and all of them add up to the class."""
    counts = {word.word: many for word, many in class_view(klass, "x").statuses}

    assert counts == {"graded": 3, "rejected": 1, "timed out": 1, "not graded": 1}


def test_pass_rates_are_of_those_that_ran(klass: list[Row]) -> None:
    """A skipped or ungraded check counts neither for nor against the pass rate."""
    view = class_view(klass, "x")
    rates = {check.id: (check.rate, sum(check.counts)) for check in view.checks}

    assert rates == {"check_a": ("75 %", 6), "check_b": ("75 %", 6)}


def test_outcomes_are_counted_for_each_check(klass: list[Row]) -> None:
    """Each check's outcomes are counted, and an outcome that nobody had gets no column."""
    view = class_view(klass, "x")
    first = dict(zip((word.word for word in view.outcomes), view.checks[0].counts, strict=True))

    assert first == {"passed": 3, "failed": 0, "raised an error": 1, "skipped": 1, "not graded": 1}


@pytest.mark.parametrize(("passed", "ran", "rate"), [(999, 1000, "99 %"), (1, 1000, "<1 %"), (0, 3, "0 %")])
def test_pass_rate_is_never_rounded_to_all_or_none(
    make_check: MakeCheck, make_result: MakeResult, passed: int, ran: int, rate: str
) -> None:
    """Only a check that all pass has 100 %, and only one that none passes has 0 %."""
    good, bad = (row_of(make_result(make_check(outcome=outcome))) for outcome in ("passed", "failed"))

    (check,) = class_view([good] * passed + [bad] * (ran - passed), "x").checks

    assert rate == check.rate


def test_distribution_counts_what_has_a_score(klass: list[Row], read_page: Callable[[str], Page]) -> None:
    """Bars count scores and leave out what is not graded; the drawing has the same in words."""
    view = class_view(klass, "x")
    page = read_page(render_index(klass, assignment_title="x"))
    (drawing,) = [svg for svg in page.all("svg") if svg.get("role") == "img"]

    assert [bar.count for bar in view.bars] == ["2", "0", "0", "0", "0", "1", "0", "0", "0", "2"]
    assert ("have a score", "5 of 6") in view.figures
    assert ("mean", "2.00") in view.figures
    assert ("full score", "2") in view.figures
    assert "50–60 %: 1" in drawing["aria-label"]  # noqa: RUF001 - the range as it is shown


def test_null_score_is_not_graded_and_never_zero(klass: list[Row]) -> None:
    """A null score reads not graded, sorts apart, and is an empty cell in the table of grades."""
    (eve,) = [row for row in class_view(klass, "x").rows if row.student == "Eve"]
    (cells,) = [row for row in _table(grades_csv(klass)) if row["id"] == "eve"]

    assert (eve.score, eve.score_key) == ("not graded", "")
    assert (cells["score"], cells["check_a"], cells["check_b"]) == ("", "", "2")


def test_null_score_wins_over_the_status(make_check: MakeCheck, make_result: MakeResult) -> None:
    """A row that says graded and has no score is counted as not graded and shown for a person's eye."""
    view = class_view([row_of(make_result(make_check(outcome="internal_error")))], "x")

    assert [(word.word, many) for word, many in view.statuses] == [("not graded", 1)]
    assert len(view.attention) == 1


def test_index_links_to_every_submission(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Links are quoted, so that no id leads elsewhere."""
    rows = [row_of(make_result(make_check(), name=name)) for name in ("doe jane", "a?b#c", "javascript:x", "é%")]

    links = {a["href"] for a in read_page(render_index(rows, assignment_title="x")).all("a")}

    for quoted in ("doe%20jane", "a%3Fb%23c", "javascript%3Ax", "%C3%A9%25"):
        assert {f"submissions/{quoted}/report.html", f"submissions/{quoted}/feedback.html"} <= links
    assert len(links) == 8


def test_a_persons_eye_is_asked_for(klass: list[Row]) -> None:
    """What is not graded, rejected or timed out is listed on top, our own faults first."""
    assert [row.student for row in class_view(klass, "x").attention] == ["Eve", "Dan", "Fay"]


def test_failed_checks_are_listed(klass: list[Row]) -> None:
    """A row lists the checks that were lost, not those that were skipped."""
    failed = {row.student: (row.failed_key, row.failed) for row in class_view(klass, "x").rows}

    assert failed["Cyd"] == ("1", "1: b")
    assert failed["Dan"] == ("", "none was run")
    assert failed["Fay"] == ("1", "1: a")


def test_empty_class_has_a_page_and_a_table(read_page: Callable[[str], Page]) -> None:
    """A class without submissions renders, with no figure invented."""
    page = read_page(render_index([], assignment_title="x"))

    assert "0 submissions" in page.text
    assert grades_csv([]) == (
        b"id,student,status,score,max_score,message,"
        b"mark,why,late,attempt,attempts,submitted_at,in_last_class,same_files_as,notes\n"
    )


@pytest.mark.parametrize(
    "text",
    ["a, b", 'say "x"', "two\nlines", "tab\tinside", "Müller 山", "plain", "a;b", "'quoted'", "5 > 3", "12"],
)
def test_table_gives_back_what_was_written(make_check: MakeCheck, make_result: MakeResult, text: str) -> None:
    """Commas, quotes and newlines survive a strict reading."""
    result = make_result(make_check(), student=text, message=text, status="rejected")

    (row,) = _table(grades_csv([row_of(result)]))

    assert (text, text) == (row["student"], row["message"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\x00=", "\x1b[0m=", "\u202e=", "\uff1d"])
def test_table_holds_no_formula(make_check: MakeCheck, make_result: MakeResult, start: str) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    result = make_result(make_check(), student=f"{start}HYPERLINK(1)", name=f"{start}1", message=f"{start}1")

    (row,) = _table(grades_csv([row_of(result)]))

    assert all(row[column].startswith("'") for column in ("id", "student", "message"))


def test_numbers_stay_numbers(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Points are plain numbers, a negative one included."""
    result = make_result(make_check("check_a", points=-1.5), make_check("check_b", points=0.333333))

    (row,) = _table(grades_csv([row_of(result)]))

    assert [row[column] for column in ("check_a", "check_b", "score", "max_score")] == [
        "-1.5",
        "0.333333",
        "-1.166667",
        "4",
    ]


def test_table_has_a_column_for_every_check(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Submissions graded with different checks share a table; what a row lacks is empty."""
    rows = [row_of(make_result(make_check(name), name=name)) for name in ("check_a", "check_b")]

    table = _table(grades_csv(rows))

    assert [(row["check_a"], row["check_b"]) for row in table] == [("2", ""), ("", "2")]


def test_rows_are_small(make_check: MakeCheck, make_result: MakeResult) -> None:
    """A row of 30 checks takes about a kilobyte, so a class of ten thousand takes about ten megabytes."""

    def row(at: int) -> Row:
        checks = [make_check(f"check_{n}", "passed" if (at >> n) & 1 else "failed") for n in range(30)]
        return row_of(make_result(*checks, name=f"id_{at}", student=f"Student {at}"))

    row(0)
    tracemalloc.start()
    rows = [row(at * 7919) for at in range(300)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size / len(rows) < 1500


def test_write_submission_leaves_four_whole_files(
    tmp_path: Path, make_check: MakeCheck, make_result: MakeResult
) -> None:
    """A submission leaves its result, its evidence and its two pages, and nothing else."""
    result = make_result(make_check())

    write_submission(tmp_path, GradedSubmission(result=result, evidence=Evidence(output="hi")), Feedback())

    folder = tmp_path / "submissions" / "doe_jane"
    assert sorted(file.name for file in folder.iterdir()) == [
        "evidence.json",
        "feedback.html",
        "report.html",
        "result.json",
    ]
    assert result == read_result(folder / "result.json")


@pytest.mark.parametrize("name", ["", ".", "..", "../up", "a/b", "a\\b", "a\0"])
def test_no_id_leads_out_of_the_folder(
    tmp_path: Path, make_check: MakeCheck, make_result: MakeResult, name: str
) -> None:
    """An id that is not a plain file name is refused before anything is written."""
    with pytest.raises(GradeError, match="not safe"):
        write_submission(tmp_path, GradedSubmission(result=make_result(make_check(), name=name)), Feedback())

    assert list(tmp_path.iterdir()) == []


def test_pictures_that_a_run_has_left_out_stay_out(
    tmp_path: Path, make_check: MakeCheck, make_result: MakeResult
) -> None:
    """Whoever writes a student's pages once more, as a review does, asks the pages what they may hold."""
    graded, drawn = GradedSubmission(result=make_result(make_check()), evidence=Evidence()), Feedback()
    assert settings_of(tmp_path, "doe_jane", drawn) == drawn
    for settings in (Feedback(pictures=False), drawn):
        write_submission(tmp_path, graded, settings)

        assert settings_of(tmp_path, "doe_jane", drawn) == settings


def test_write_class_does_not_depend_on_the_order_of_jobs(tmp_path: Path, klass: list[Row]) -> None:
    """The same class gives the same bytes, in whatever order its submissions were finished."""
    write_class(tmp_path / "a", klass, assignment_title="x")
    write_class(tmp_path / "b", reversed(klass), assignment_title="x")

    for name in ("index.html", "grades.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;file:///etc\x07link\x1b]8;;\x07", "link"),
        ("\x1b]0;never closed", "]0;never closed"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("abc\u202edef\u2066\u200f", "abcdef"),
        ("nul\x00 bell\x07 c1\x85", "nul bell c1"),
        ("half \ud800", "half \ufffd"),
        ("क्‍ष 👩‍🔬", "क्‍ष 👩‍🔬"),
    ],
)
def test_text_is_cleaned(dirty: str, clean: str) -> None:
    """Controls, escapes, overrides and halves of characters go; words in any script stay."""
    assert clean == block(dirty)


def test_text_is_cut() -> None:
    """A text longer than its cap is cut, and says so."""
    assert line("x" * 10, 3) == "xxx … (cut)"


@pytest.mark.parametrize(("value", "shown"), [(2.0, "2"), (2.5, "2.5"), (0.0, "0"), (19.9999, "19.9999")])
def test_numbers_are_short_and_not_rounded_up(value: float, shown: str) -> None:
    """A number has no needless zeros, and a score just below the top is not shown as the top."""
    assert shown == number(value)

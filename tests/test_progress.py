"""How far a run has come: plain lines, the bar, the rate and the time left."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from rich.console import Console

from grader.progress import Progress, show
from grader.results import Environment, Result, Seconds, SubmissionInfo

RESULT = Result(
    assignment="mini",
    submission=SubmissionInfo(id="doe_jane", student="Doe, Jane", files=("mini.py",), sha256="5e" * 32),
    status="graded",
    score=1.0,
    max_score=1.0,
    checks=(),
    seconds=Seconds(wall=1.0, cpu=1.0),
    sandbox=(),
    environment=Environment(python="3", torch="2", grader="1"),
    checks_sha256="c4" * 32,
    seed=0,
)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def lines(clock: Clock) -> Callable[..., list[str]]:
    """Give what advances by some seconds at each submission, and returns the lines that were said."""

    def say(total: int, *steps: tuple[float, bool]) -> list[str]:
        stream = io.StringIO()
        progress = Progress(total, stream, None, clock)
        for seconds, reused in steps:
            clock.now += seconds
            progress.advance(RESULT, reused=reused)
        return stream.getvalue().splitlines()

    return say


def test_a_line_every_five_seconds_and_at_the_end(lines: Callable[..., list[str]]) -> None:
    """Lines tell the rate and the time left, and the last how long it took."""
    assert lines(8, *[(2.0, False)] * 8) == [
        "graded 3 of 8, 30.0 a minute, 10 s left",
        "graded 6 of 8, 30.0 a minute, 4 s left",
        "graded 8 of 8, 30.0 a minute, done in 16 s",
    ]


def test_what_is_taken_over_counts_but_not_in_the_rate(lines: Callable[..., list[str]]) -> None:
    """A thousand taken over in a second do not make the rest look quick, nor the time that they took slow."""
    taken = [(0.005, True)] * 900
    assert lines(1000, *taken, (10.0, False), (10.0, False)) == [
        "graded 901 of 1000, 6.0 a minute, 16 min 30 s left",
        "graded 902 of 1000, 6.0 a minute, 16 min 20 s left",
    ]


def test_nothing_graded_has_no_rate(lines: Callable[..., list[str]]) -> None:
    """Where all was on record, the last line counts, and claims no speed."""
    assert lines(3, *[(0.01, True)] * 3) == ["graded 3 of 3"]


def test_many_a_second_and_hours_left(lines: Callable[..., list[str]]) -> None:
    """Rates and times are in the units that fit them."""
    assert lines(100_000, *[(0.25, False)] * 20) == ["graded 20 of 100000, 4.0 a second, 6 h 56 min left"]


def test_the_bar_shows_count_pace_and_the_current_submission_without_a_thread() -> None:
    """On a terminal a bar is drawn as submissions finish; a process that forks must have no second thread."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    threads = threading.active_count()

    with show(2, console) as progress:
        progress.advance(RESULT)
        assert threading.active_count() == threads
        progress.advance(RESULT)

    shown = screen.getvalue()
    assert "2/2" in shown
    assert "doe_jane" in shown
    assert "done in 0 s" in shown


def test_the_bar_is_not_drawn_for_each_of_many(clock: Clock) -> None:
    """Ten thousand results taken over in a moment cost a few drawings, the last of them with all."""
    from rich.progress import MofNCompleteColumn
    from rich.progress import Progress as Bar

    screen = io.StringIO()
    bar = Bar(MofNCompleteColumn(), console=Console(file=screen, force_terminal=True, width=80), auto_refresh=False)
    with bar:
        progress = Progress(10_000, screen, bar, clock)
        for _ in range(10_000):
            clock.now += 0.0001
            progress.advance(RESULT, reused=True)

    assert "10000/10000" in screen.getvalue()
    assert screen.getvalue().count("/10000") < 40
